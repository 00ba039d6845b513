import { planViewOf } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { readJournal } from '@arae/progress';
import type { DataFolder } from '../data-folder.ts';
import { readLabelCalls } from '../phases/label-calls.ts';
import type { LabelCalls } from '../phases/label-calls.ts';
import { readLabel } from '../phases/read-label.ts';
import type { LabelFile } from '../phases/read-label.ts';
import { mapInBatches } from './map-in-batches.ts';
import { REFERENCE, labelUnderTest, measure } from './measured-teacher.ts';
import type { MeasuredLabel, MeasuredTeacher } from './measured-teacher.ts';

/** Measures the labels of one teacher over the sample. */
export async function measureTeacher(
  name: string,
  graphs: ReadonlyMap<string, TopologyGraph>,
  folder: DataFolder,
): Promise<MeasuredTeacher> {
  const calls = await readLabelCalls(folder.calls(name));
  const labels: MeasuredLabel[] = [];
  let invalidFiles = 0;
  const files = await mapInBatches([...graphs.keys()], (stem) => readLabel(folder.label(stem, name)));
  for (const [index, [stem, graph]] of [...graphs].entries()) {
    const file = files[index] as LabelFile;
    const call = calls?.items[stem];
    if (file.state === 'invalid') invalidFiles++;
    const analysis = file.state === 'valid' ? file.analysis : null;
    const isJsonFile = file.state === 'invalid' && file.isJson;
    labels.push(measure(stem, labelUnderTest(stem, graph, analysis, call, isJsonFile), call));
  }
  return {
    name,
    kind: name === REFERENCE ? 'reference' : 'teacher',
    model: calls?.model ?? null,
    labels,
    calls:
      calls === null
        ? null
        : [...graphs.keys()].flatMap((stem) => (calls.items[stem] === undefined ? [] : [calls.items[stem]])),
    costPerLabel: calls === null ? null : costPerLabel(calls),
    invalidFiles,
    latenciesMs: await latenciesOf(folder.journal(name)),
  };
}

/** What the graph alone gives: a line to hold the teachers against, at no cost. */
export function measureReference(graphs: ReadonlyMap<string, TopologyGraph>): MeasuredTeacher {
  return {
    name: REFERENCE,
    kind: 'reference',
    model: null,
    labels: [...graphs].map(([stem, graph]) => ({
      ...measure(
        stem,
        { id: stem, graph, analysis: ruleBasedAnalysis(planViewOf(graph)), isJson: true, isRepaired: false },
        undefined,
      ),
      origin: 'first_try',
    })),
    calls: null,
    costPerLabel: 0,
    invalidFiles: 0,
    latenciesMs: [],
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

async function latenciesOf(journal: string): Promise<number[]> {
  const latencies: number[] = [];
  for await (const line of readJournal(journal)) {
    if (!('record' in line) || line.record['type'] !== 'answer') continue;
    const { latencyMs } = line.record;
    if (typeof latencyMs === 'number' && latencyMs >= 0) latencies.push(latencyMs);
  }
  return latencies;
}
