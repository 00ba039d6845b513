import type { TopologyGraph } from '@arae/floorplan';
import { groundLabel, measureLabel } from '@arae/quality-metrics';
import type { GroundedLabel, LabelUnderTest, MetricName } from '@arae/quality-metrics';
import type { LabelCall } from '../phases/label-calls.ts';

/** How a label came about: at the first try, after asking again, with mended JSON, not at all, or not known. */
export const LABEL_ORIGINS = ['first_try', 'retried', 'repaired', 'failed', 'unknown'] as const;
export type LabelOrigin = (typeof LABEL_ORIGINS)[number];

/** Names that are no teachers but stand beside them in the report. */
export const REFERENCE = 'rule-based';
export const MIXED = 'mixed';

export type Weights = 'plan' | 'grounded';

export interface MeasuredLabel {
  stem: string;
  label: LabelUnderTest;
  origin: LabelOrigin;
  metrics: Record<MetricName, number>;
  /** Weighted sum of the eight metrics, 0–1. */
  total: number;
  grounded: GroundedLabel;
}

/** Everything that the report says of one teacher hangs on this. */
export interface MeasuredTeacher {
  name: string;
  /** A reference is shown and never wins; the mixed set wins by a person's word only. */
  kind: 'teacher' | 'reference' | 'mixed';
  model: string | null;
  labels: MeasuredLabel[];
  /** What is known of the making of the labels in the sample; null when nothing is. */
  calls: LabelCall[] | null;
  /** USD per label, over all labels of the run; null when not known. */
  costPerLabel: number | null;
  /** Label files of the sample that cannot be read as labels. */
  invalidFiles: number;
  /** Milliseconds of every answer in the journal. */
  latenciesMs: number[];
}

export function measure(stem: string, label: LabelUnderTest, call: LabelCall | undefined): MeasuredLabel {
  return { stem, label, origin: originOf(label, call), ...measureLabel(label), grounded: groundLabel(label) };
}

/** What the decision goes by: with `grounded`, what the graph says of a label counts as much as the eight metrics. */
export function weightedTotal({ total, grounded }: MeasuredLabel, weights: Weights): number {
  return weights === 'plan' ? total : (total + grounded.total) / 2;
}

/** A label as it is put to the metrics; without a record of the call it counts as an answer that came as it is. */
export function labelUnderTest(
  id: string,
  graph: TopologyGraph,
  analysis: LabelUnderTest['analysis'],
  call: LabelCall | undefined,
  isJsonFile: boolean,
): LabelUnderTest {
  return analysis === null
    ? { id, graph, analysis, isJson: isJsonFile || (call?.isJson ?? false), isRepaired: false }
    : { id, graph, analysis, isJson: call?.isJson ?? true, isRepaired: call?.isRepaired ?? false };
}

function originOf({ analysis }: LabelUnderTest, call: LabelCall | undefined): LabelOrigin {
  if (analysis === null) return 'failed';
  if (call === undefined) return 'unknown';
  if (call.isRepaired) return 'repaired';
  return call.isFirstTry ? 'first_try' : 'retried';
}
