import type { LabelUnderTest } from './label-under-test.ts';
import {
  analysisDepth,
  bayCountConsistency,
  complianceReasoning,
  fieldCompleteness,
  jsonValidity,
  recommendationQuality,
  schemaCompliance,
  spaceCountAccuracy,
} from './metrics.ts';
import type { Metric } from './metrics.ts';

/** The eight metrics, each with its part in the total. The parts add up to 1. */
export const METRICS = {
  schema_compliance: { weight: 0.3, measure: schemaCompliance },
  field_completeness: { weight: 0.2, measure: fieldCompleteness },
  space_count_accuracy: { weight: 0.1, measure: spaceCountAccuracy },
  bay_count_consistency: { weight: 0.1, measure: bayCountConsistency },
  compliance_reasoning: { weight: 0.1, measure: complianceReasoning },
  analysis_depth: { weight: 0.07, measure: analysisDepth },
  recommendation_quality: { weight: 0.06, measure: recommendationQuality },
  json_validity: { weight: 0.07, measure: jsonValidity },
} as const satisfies Record<string, { weight: number; measure: Metric }>;

export type MetricName = keyof typeof METRICS;

const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** The metrics that a label passes or fails. */
export const PASS_FAIL_METRICS = [
  'schema_compliance',
  'bay_count_consistency',
  'compliance_reasoning',
  'json_validity',
] as const satisfies readonly MetricName[];

export interface Scores {
  /** Number of labels measured. */
  count: number;
  /** Mean of each metric, 0–1. */
  metrics: Record<MetricName, number>;
  /** Weighted sum, 0–1. */
  total: number;
}

/** The eight metrics of one label, and their weighted sum. */
export function measureLabel(label: LabelUnderTest): { metrics: Record<MetricName, number>; total: number } {
  const metrics = Object.fromEntries(
    METRIC_NAMES.map((name) => [name, METRICS[name].measure(label)]),
  ) as Record<MetricName, number>;
  return { metrics, total: weightedSum(metrics) };
}

/** Means of the eight metrics over the labels of one teacher. No labels score 0. */
export function scoreLabels(labels: readonly LabelUnderTest[]): Scores {
  return meanScores(labels.map((label) => measureLabel(label).metrics));
}

/** The same over metrics that are measured already. */
export function meanScores(measured: readonly Record<MetricName, number>[]): Scores {
  const metrics = Object.fromEntries(
    METRIC_NAMES.map((name) => [
      name,
      measured.reduce((sum, values) => sum + values[name], 0) / Math.max(1, measured.length),
    ]),
  ) as Record<MetricName, number>;
  return { count: measured.length, metrics, total: weightedSum(metrics) };
}

function weightedSum(metrics: Record<MetricName, number>): number {
  return METRIC_NAMES.reduce((sum, name) => sum + METRICS[name].weight * metrics[name], 0);
}
