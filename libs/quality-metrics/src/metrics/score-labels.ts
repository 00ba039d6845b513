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

export interface Scores {
  /** Number of labels measured. */
  count: number;
  /** Mean of each metric, 0–1. */
  metrics: Record<MetricName, number>;
  /** Weighted sum, 0–1. */
  total: number;
}

/** Means of the eight metrics over the labels of one teacher. No labels score 0. */
export function scoreLabels(labels: readonly LabelUnderTest[]): Scores {
  const names = Object.keys(METRICS) as MetricName[];
  const metrics = Object.fromEntries(
    names.map((name) => [
      name,
      labels.length === 0
        ? 0
        : labels.reduce((sum, label) => sum + METRICS[name].measure(label), 0) / labels.length,
    ]),
  ) as Record<MetricName, number>;
  const total = names.reduce((sum, name) => sum + METRICS[name].weight * metrics[name], 0);
  return { count: labels.length, metrics, total };
}
