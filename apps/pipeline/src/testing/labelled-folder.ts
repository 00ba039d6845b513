import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTopologyGraph, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, PlanView } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import type { ManualReview } from '@arae/quality-metrics';
import type { LabelCall } from '../phases/label-calls.ts';
import { sha256Of } from '../sha256-of.ts';
import { generatedGraphs } from './plans.ts';
import { temporaryFolder } from './test-workspace.ts';

/** What a made-up teacher does with a plan: changes the correct label, or gives none. */
export interface MadeUpTeacher {
  label(analysis: FloorPlanAnalysis, view: PlanView, index: number): FloorPlanAnalysis | null;
  /** What is known of a call; null: nothing of any. */
  call?: ((index: number) => Partial<LabelCall>) | null;
}

/** Labels everything right; nothing is known of its calls. */
export const RIGHT_LABELS: MadeUpTeacher = { label: (analysis) => analysis, call: null };

/** Changes a copy of the correct label. */
export const changing =
  (change: (analysis: FloorPlanAnalysis, index: number) => void): MadeUpTeacher['label'] =>
  (analysis, _view, index) => {
    change(analysis, index);
    return analysis;
  };

/** A data folder of generated plans as it stands behind phase 3, labelled by made-up teachers; and its stems. */
export async function labelledFolder(
  count: number,
  teachers: Readonly<Record<string, MadeUpTeacher>>,
): Promise<{ data: string; stems: string[] }> {
  const graphs = await generatedGraphs(count);
  const data = temporaryFolder();
  const stems = readdirSync(graphs).sort();
  mkdirSync(join(data, 'progress'));
  writeFileSync(join(data, 'sampled_images.json'), JSON.stringify(stems));
  for (const stem of stems) {
    mkdirSync(join(data, 'output', stem), { recursive: true });
    const text = readFileSync(join(graphs, stem, 'topology_graph.json'), 'utf8');
    writeFileSync(join(data, 'output', stem, 'topology_graph.json'), text);
    writeFileSync(
      join(data, 'output', stem, 'rag_context.json'),
      JSON.stringify({ query: 'q', retrieved_chunks: [] }),
    );
  }
  for (const [name, teacher] of Object.entries(teachers)) writeLabels(data, stems, name, teacher);
  return { data, stems };
}

function writeLabels(data: string, stems: readonly string[], name: string, teacher: MadeUpTeacher): void {
  const failed: object[] = [];
  const items: Record<string, LabelCall> = {};
  for (const [index, stem] of stems.entries()) {
    const item = join(data, 'output', stem);
    const view = planViewOf(parseTopologyGraph(readFileSync(join(item, 'topology_graph.json'), 'utf8')));
    const label = teacher.label(ruleBasedAnalysis(view), view, index);
    if (label === null) failed.push({ id: stem, reason: 'made up', attempts: 1, at: '2026-01-01T00:00:00Z' });
    else writeFileSync(join(item, `llm_analysis_${name}.json`), JSON.stringify(label));
    items[stem] = {
      promptHash: 'made up',
      model: `${name}-model`,
      isSimulated: true,
      answers: 1,
      isLabelled: label !== null,
      isRepaired: false,
      isJson: label !== null,
      isFirstTry: label !== null,
      inputTokens: 3000,
      outputTokens: 1000,
      rounds: [],
      chosenRound: 0,
      reconciled: [],
      costUsd: 0.01,
      ...teacher.call?.(index),
    };
  }
  writeFileSync(
    join(data, `progress/${name}_progress.json`),
    JSON.stringify({
      completed: stems.filter((stem) => !failed.some((item) => (item as { id: string }).id === stem)),
      failed,
    }),
  );
  if (teacher.call === null) return;
  writeFileSync(
    join(data, `progress/${name}_calls.json`),
    JSON.stringify({ teacher: name, model: `${name}-model`, price_book_date: '2026-01-01', items }),
  );
}

/** A review of the labels as they lie there. */
export function reviewOf(
  data: string,
  stem: string,
  sides: readonly [left: string, right: string],
  verdict: ManualReview['verdict'],
  more: Partial<ManualReview> = {},
): ManualReview {
  const hashOf = (teacher: string) =>
    sha256Of(readFileSync(join(data, 'output', stem, `llm_analysis_${teacher}.json`)));
  const points = { correctness: 4, completeness: 4, usefulness: 3 };
  return {
    stem,
    reviewer: 'kim',
    repeat: 0,
    left: sides[0],
    right: sides[1],
    verdict,
    scores: { left: points, right: points },
    note: '',
    contradictions_shown: false,
    seconds: 12,
    left_sha256: hashOf(sides[0]),
    right_sha256: hashOf(sides[1]),
    at: '2026-11-26T10:00:00Z',
    ...more,
  };
}
