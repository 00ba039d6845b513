import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CorrectionRulesError,
  DetectionsError,
  DrawingError,
  GeometryError,
  ModelsError,
  decodeDrawing,
  loadAggregator,
  parseCorrectionRules,
  parseDetections,
  readModelsManifest,
} from '@arae/cv-inference';
import {
  CriteriaError,
  DEFAULT_CRITERIA_URL,
  PromptPackError,
  TopologyGraphError,
  floorPlanAnalysisSchema,
  loadPromptPack,
  parseCriteriaDocument,
  parseTopologyGraph,
  planViewOf,
  renderGroundedGraph,
} from '@arae/floorplan';
import { JsonlError, checkChatRow, readJsonLines } from '@arae/jsonl';
import { PriceBookError, loadPriceBook, parseAnswer } from '@arae/labelers';
import { PhaseProgressError, readJournal, readPhaseProgress } from '@arae/progress';
import { findContradictions, manualReviewSchema } from '@arae/quality-metrics';
import { NpyError, readNpy, writeNpy } from '@arae/vector-search';
import { brokenBytes, brokenText } from './broken-text.ts';
import type { FuzzTarget } from './fuzz-target.ts';

const fixtures = fileURLToPath(new URL('../../../test-fixtures/conformance/cases.json', import.meta.url));
const [sample] = JSON.parse(readFileSync(fixtures, 'utf8')) as {
  graph: string;
  analyses: { answer: string }[];
}[];
const graphText = sample!.graph;
const answerText = sample!.analyses[0]!.answer;
const graph = parseTopologyGraph(graphText);

const ANNOTATION = { id: 1, category_id: 13, category_name: '공간_거실', bbox: [10, 10, 500, 400] };
const OUTLINE = [[10, 10, 510, 10, 510, 410, 10, 410]];
const detections = JSON.stringify({
  image_info: { file_name: 'a.PNG', width: 4960, height: 3488 },
  obj: [{ id: 1, category_id: 4, category_name: '객체_변기', bbox: [20, 20, 30, 30] }],
  ocr: [
    { id: 2, category_id: 21, category_name: 'OCR', bbox: [50, 50, 90, 40], attributes: { OCR: '거실' } },
  ],
  str: [
    {
      id: 3,
      category_id: 10,
      category_name: '구조_창호',
      bbox: [100, 5, 90, 12],
      segmentation: [[100, 5, 190, 5, 190, 17, 100, 17]],
      attributes: { subcat: '창호' },
    },
    {
      id: 4,
      category_id: 9,
      category_name: '구조_출입문',
      bbox: [505, 100, 20, 80],
      attributes: { subcat: '출입문' },
    },
  ],
  spa: [
    { ...ANNOTATION, segmentation: OUTLINE, area: 200_000 },
    {
      ...ANNOTATION,
      id: 5,
      category_id: 14,
      category_name: '공간_침실',
      bbox: [520, 10, 300, 400],
      segmentation: [[520, 10, 820, 10, 820, 410, 520, 410]],
      area: 120_000,
    },
  ],
});
const models = JSON.stringify({
  version: 1,
  name: 'a',
  networks: Object.fromEntries(
    ['objects', 'textDetection', 'textRecognition', 'structures', 'spaces'].map((name) => [
      name,
      {
        file: `${name}.onnx`,
        sha256: 'ab'.repeat(32),
        ...(name === 'textRecognition' ? { vocabulary: '-가나' } : {}),
      },
    ]),
  ),
});
const review = JSON.stringify({
  stem: 'a', reviewer: 'kim', repeat: 0, left: 'openai', right: 'gemini', verdict: 'left',
  scores: { left: { correctness: 1, completeness: 1, usefulness: 1 }, right: { correctness: 1, completeness: 1, usefulness: 1 } },
  note: '', contradictions_shown: false, seconds: 1, left_sha256: 'ab'.repeat(32), right_sha256: 'ab'.repeat(32), at: '2026-11-26T10:00:00Z',
}); // prettier-ignore
const row = JSON.stringify({
  messages: [
    { role: 'system', content: '가' },
    { role: 'user', content: '나' },
    { role: 'assistant', content: '{}' },
  ],
});
const pack = { 'pack.json': '{"name":"a","version":"1","render":{"mode":"grounded","indent":0}}' };
/** One pixel of 1 × 1. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
);

const text = (input: string | Uint8Array) => input as string;

/** Everything that reads from outside, each with documents near to right ones. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  const folder = mkdtempSync(join(tmpdir(), 'arae-fuzz-'));
  const aggregator = await loadAggregator();
  const fileOf = (name: string, input: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, input);
    return path;
  };
  return [
    {
      name: 'topology graph',
      input: brokenText(graphText),
      run: (input) => renderGroundedGraph(parseTopologyGraph(text(input)), { indent: 0 }),
      errors: [TopologyGraphError],
    },
    {
      name: 'answer of a teacher',
      input: brokenText(answerText),
      run: (input) => {
        const parsed = parseAnswer({ text: text(input), refusal: null, isCut: false });
        if (parsed.isAccepted) findContradictions(parsed.analysis, graph);
        else if (/[\n\r]/.test(parsed.reason)) throw new Error(`a reason of several lines: ${parsed.reason}`);
      },
      errors: [],
    },
    {
      name: 'label against its graph',
      input: brokenText(answerText),
      run: (input) => {
        let value: unknown;
        try {
          value = JSON.parse(text(input));
        } catch {
          return;
        }
        const parsed = floorPlanAnalysisSchema.safeParse(value);
        if (parsed.success) findContradictions(parsed.data, graph);
        planViewOf(graph);
      },
      errors: [],
    },
    {
      name: 'detections, and the graph made of them',
      input: brokenText(detections),
      run: (input) => aggregator.aggregate(parseDetections(text(input), { file: 'a.json' })),
      errors: [DetectionsError, GeometryError],
    },
    {
      name: 'criteria document',
      input: brokenText(readFileSync(DEFAULT_CRITERIA_URL, 'utf8').slice(0, 6000)),
      run: (input) => parseCriteriaDocument(text(input), 'criteria.json'),
      errors: [CriteriaError],
    },
    {
      name: 'prompt pack',
      input: brokenText(pack['pack.json']),
      run: async (input) => {
        writeFileSync(join(folder, 'system.md'), '가');
        writeFileSync(join(folder, 'user.md'), '{topology_json}{rag_context}');
        fileOf('pack.json', input);
        await loadPromptPack(folder);
      },
      errors: [PromptPackError],
    },
    {
      name: 'rows',
      input: brokenText(`${row}\n${row}\n`),
      run: async (input) => {
        for await (const line of readJsonLines(fileOf('rows.jsonl', input))) {
          if (line.error === undefined) checkChatRow(line.value);
        }
      },
      errors: [JsonlError],
    },
    {
      name: 'journal',
      input: brokenText(`{"type":"answer","key":"a"}\n{"type":"failed"}\n`),
      run: async (input) => {
        for await (const line of readJournal(fileOf('journal.jsonl', input))) void line;
      },
      errors: [],
    },
    {
      name: 'progress file',
      input: brokenText(
        '{"completed":["a"],"failed":[{"id":"b","reason":"c","attempts":1,"at":"2026-01-01T00:00:00Z"},"d"]}',
      ),
      run: (input) => readPhaseProgress(fileOf('progress.json', input)),
      errors: [PhaseProgressError],
    },
    {
      name: 'price book',
      input: brokenText(
        '{"date":"2026-11-23","models":{"gpt-4o":{"input":2.5,"cachedInput":1.25,"output":10}}}',
      ),
      run: (input) => loadPriceBook(fileOf('prices.json', input)),
      errors: [PriceBookError],
    },
    {
      name: 'models.json',
      input: brokenText(models),
      run: (input) => readModelsManifest(fileOf('models.json', input)),
      errors: [ModelsError],
    },
    {
      name: 'correction rules',
      input: brokenText(
        '[{"pattern":"발코.?$","replacement":"발코니"},{"pattern":"(침)실","replacement":"\\\\1실"}]',
      ),
      run: (input) => {
        for (const rule of parseCorrectionRules(text(input))) rule.apply('발코니 침실 1');
      },
      errors: [CorrectionRulesError],
    },
    {
      name: 'review',
      input: brokenText(review),
      run: (input) => {
        try {
          manualReviewSchema.safeParse(JSON.parse(text(input)));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
        }
      },
      errors: [],
    },
    {
      name: 'NumPy file',
      input: brokenBytes(writeNpy([Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)], 3)),
      run: (input) => readNpy(input as Uint8Array),
      errors: [NpyError],
    },
    {
      name: 'drawing',
      input: brokenBytes(png),
      run: (input) => decodeDrawing(input, { maxPixels: 1_000_000 }),
      errors: [DrawingError],
    },
  ];
}
