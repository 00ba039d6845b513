import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  createRandom,
  loadPromptPack,
  parseTopologyGraph,
  planViewOf,
  shuffled,
  stringifyIndented,
} from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { readPhaseProgress, writeFileAtomic } from '@arae/progress';
import { METRICS, chooseWinner, findContradictions, scoreLabels } from '@arae/quality-metrics';
import type { Candidate, Contradiction, LabelUnderTest, Scores } from '@arae/quality-metrics';
import { rm } from 'node:fs/promises';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { teacherSettings } from './create-teacher.ts';
import { readLabelCalls } from './label-calls.ts';
import type { LabelCalls } from './label-calls.ts';
import { readLabel } from './read-label.ts';
import type { LabelFile } from './read-label.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

const REFERENCE = 'rule-based';

/** Everything the report says of one teacher. */
interface TeacherReport {
  name: string;
  model: string | null;
  isReference: boolean;
  scores: Scores;
  /** Share of the sample whose first answer was accepted without repair; null when the making of the labels is not known. */
  firstTry: number | null;
  /** Labels of the sample that the bundled simulator made. */
  simulated: number;
  /** Label files of the sample that cannot be read as labels. */
  invalidFiles: number;
  contradictions: { perLabel: number; severe: number; minor: number };
  /** USD per label, over all labels of the run; null when not known. */
  costPerLabel: number | null;
}

/** Phase 4: measures the teachers on the same sample and chooses one. */
export async function runCompare(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const { teachers, sampleSize, seed, threshold, minSchemaCompliance } = config.comparison;
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  for (const name of teachers) teacherSettings(name, config);

  const asked = await askedOfAll((await readSampledStems(folder)).slice(0, context.limit), teachers, folder);
  if (asked.length === 0) {
    throw new UsageError(
      `no drawing was labelled by all of ${teachers.join(', ')}: run phase3 for each of them first`,
    );
  }
  const sample = shuffled(asked, createRandom(seed)).slice(0, sampleSize).sort();
  const graphs = new Map<string, TopologyGraph>();
  for (const stem of sample) graphs.set(stem, parseTopologyGraph(await readFile(folder.graph(stem), 'utf8')));

  const reports: TeacherReport[] = [];
  for (const name of teachers) reports.push(await reportOn(name, graphs, folder));
  if (!teachers.includes(REFERENCE)) reports.push(reportOnReference(graphs));

  const decision = chooseWinner(reports.map(toCandidate), { threshold, minSchemaCompliance });
  await withFolderLock(context, 'phase4', async () => {
    await writeIfChanged(
      folder.qualityReport,
      stringifyIndented({
        prompt_pack: { name: pack.name, version: pack.version, hash: pack.hash },
        sample: { asked: asked.length, size: sample.length, seed, stems: sample },
        weights: Object.fromEntries(Object.entries(METRICS).map(([name, { weight }]) => [name, weight])),
        rule: { threshold, min_schema_compliance: minSchemaCompliance },
        teachers: reports.map((report) => ({
          name: report.name,
          model: report.model,
          is_reference: report.isReference,
          total: report.scores.total,
          metrics: report.scores.metrics,
          first_try_rate: report.firstTry,
          simulated_labels: report.simulated,
          contradictions: report.contradictions,
          cost_per_label_usd: report.costPerLabel,
        })),
        winner: decision.winner,
        reasons: decision.reasons,
      }),
    );
    // Without a winner an earlier choice must not stand.
    if (decision.winner === null) await rm(folder.selectedModel, { force: true });
    else await writeFileAtomic(folder.selectedModel, decision.winner);
  });

  return {
    phase: 'phase4',
    exitCode: decision.winner === null ? EXIT.failed : EXIT.done,
    figures: {
      compared: sample.length,
      ...Object.fromEntries(
        reports.map(({ name, scores }) => [`${name} total`, Number(scores.total.toFixed(4))]),
      ),
      winner: decision.winner,
    },
    files: [folder.qualityReport, ...(decision.winner === null ? [] : [folder.selectedModel])],
    warnings: [...reports.flatMap(warningsOf), ...(decision.winner === null ? decision.reasons : [])],
  };
}

/** The drawings that every teacher was asked about: labelled or failed, but not left out. */
async function askedOfAll(
  stems: readonly string[],
  teachers: readonly string[],
  folder: DataFolder,
): Promise<string[]> {
  let asked = stems.filter((stem) => existsSync(folder.graph(stem)));
  for (const name of teachers) {
    const { failed } = await readPhaseProgress(folder.progress(name));
    const failedIds = new Set(failed.map(({ id }) => id));
    asked = asked.filter((stem) => failedIds.has(stem) || existsSync(folder.label(stem, name)));
  }
  return asked;
}

async function reportOn(
  name: string,
  graphs: ReadonlyMap<string, TopologyGraph>,
  folder: DataFolder,
): Promise<TeacherReport> {
  const calls = await readLabelCalls(folder.calls(name));
  const labels: LabelUnderTest[] = [];
  let invalidFiles = 0;
  for (const [stem, graph] of graphs) {
    const file = await readLabel(folder.label(stem, name));
    if (file.state === 'invalid') invalidFiles++;
    labels.push(labelUnderTest(stem, graph, file, calls));
  }
  const firstTries = [...graphs.keys()].filter((stem) => calls?.items[stem]?.isFirstTry === true).length;
  return {
    name,
    model: calls?.model ?? null,
    isReference: name === REFERENCE,
    scores: scoreLabels(labels),
    firstTry: calls === null ? null : firstTries / graphs.size,
    simulated: [...graphs.keys()].filter((stem) => calls?.items[stem]?.isSimulated === true).length,
    invalidFiles,
    contradictions: countContradictions(labels),
    costPerLabel: calls === null ? null : costPerLabel(calls),
  };
}

/** Without a journal of the calls a label file counts as an answer that came as it is. */
function labelUnderTest(
  id: string,
  graph: TopologyGraph,
  file: LabelFile,
  calls: LabelCalls | null,
): LabelUnderTest {
  const call = calls?.items[id];
  if (file.state === 'valid') {
    return {
      id,
      graph,
      analysis: file.analysis,
      isJson: call?.isJson ?? true,
      isRepaired: call?.isRepaired ?? false,
    };
  }
  const isJson = file.state === 'invalid' ? file.isJson : (call?.isJson ?? false);
  return { id, graph, analysis: null, isJson, isRepaired: false };
}

function reportOnReference(graphs: ReadonlyMap<string, TopologyGraph>): TeacherReport {
  const labels = [...graphs].map(([id, graph]) => ({
    id,
    graph,
    analysis: ruleBasedAnalysis(planViewOf(graph)),
    isJson: true,
    isRepaired: false,
  }));
  return {
    name: REFERENCE,
    model: null,
    isReference: true,
    scores: scoreLabels(labels),
    firstTry: 1,
    simulated: 0,
    invalidFiles: 0,
    contradictions: countContradictions(labels),
    costPerLabel: 0,
  };
}

function countContradictions(labels: readonly LabelUnderTest[]): TeacherReport['contradictions'] {
  const found: Contradiction[] = labels.flatMap(({ analysis, graph }) =>
    analysis === null ? [] : findContradictions(analysis, graph),
  );
  const severe = found.filter(({ severity }) => severity === 'severe').length;
  const labelled = labels.filter(({ analysis }) => analysis !== null).length;
  return {
    perLabel: labelled === 0 ? 0 : found.length / labelled,
    severe,
    minor: found.length - severe,
  };
}

/** All that was paid, bad answers included, over the labels that came of it. */
function costPerLabel({ items }: LabelCalls): number | null {
  const calls = Object.values(items);
  const labelled = calls.filter(({ isLabelled }) => isLabelled).length;
  let cost = 0;
  for (const { costUsd } of calls) {
    if (costUsd === null) return null;
    cost += costUsd;
  }
  return labelled === 0 ? null : cost / labelled;
}

function warningsOf({ name, invalidFiles }: TeacherReport): string[] {
  const warnings: string[] = [];
  if (invalidFiles > 0)
    warnings.push(`${invalidFiles} label files of ${name} are damaged and count as failed: run phase3 again`);
  return warnings;
}

function toCandidate({ name, scores, costPerLabel: cost, isReference }: TeacherReport): Candidate {
  return {
    name,
    total: scores.total,
    schemaCompliance: scores.metrics.schema_compliance,
    costPerLabel: cost,
    isReference,
  };
}
