import { planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, TopologyGraph } from '@arae/floorplan';
import type { LabelUnderTest } from './label-under-test.ts';

/** A share from 0 to 1, for one label. What never arrived as a label counts 0. */
export type Metric = (label: LabelUnderTest) => number;

/** Characters of a comment beyond which longer is not better: two plain Korean sentences. */
export const FULL_COMMENT_LENGTH = 60;
/** Recommendations beyond which more is not better. */
export const FULL_RECOMMENDATION_COUNT = 3;
/** Characters of a recommendation beyond which longer is not better: one plain Korean sentence. */
export const FULL_RECOMMENDATION_LENGTH = 25;

/** 1 when the item ended with a label whose JSON needed no repair. */
export const schemaCompliance: Metric = ({ analysis, isRepaired }) =>
  Number(analysis !== null && !isRepaired);

/** 1 when the answer was JSON as it came, of whatever shape. */
export const jsonValidity: Metric = ({ isJson }) => Number(isJson);

/**
 * Share of the fields that are neither null nor empty, over the whole analysis. `area_m2` is left out, because the graph has no
 * scale, as are `features`, which a space may lack. `area_ratio` and `connected_spaces` of a space count only where the graph,
 * asked for the space of that name, has something to say.
 */
export const fieldCompleteness: Metric = onAnalysis((analysis, graph) => {
  const flags: boolean[] = [];
  const { spaces, design_evaluation, recommendations, compliance, ...facts } = analysis;
  for (const value of Object.values(facts)) flags.push(isFilled(value));
  flags.push(isFilled(spaces), isFilled(recommendations), compliance !== null);
  for (const item of ['채광', '환기', '가족융화', '수납'] as const)
    flags.push(isFilled(design_evaluation?.[item]));
  if (compliance !== null) {
    flags.push(isFilled(compliance.overall_grade), isFilled(compliance.summary));
    flags.push(compliance.compliant_items.length + compliance.non_compliant_items.length > 0);
  }
  const known = new Map(planViewOf(graph).spaces.map((space) => [space.name, space]));
  for (const space of spaces) {
    const fact = known.get(space.space_name);
    flags.push(isFilled(space.space_name), isFilled(space.space_type), isFilled(space.evaluation_comment));
    if (isFilled(fact?.area_ratio)) flags.push(isFilled(space.area_ratio));
    if (isFilled(fact?.connections)) flags.push(isFilled(space.connected_spaces));
  }
  return share(flags);
});

/** 1 − |spaces − nodes| ÷ nodes, at least 0. */
export const spaceCountAccuracy: Metric = onAnalysis(({ spaces }, { nodes }) =>
  nodes.length === 0
    ? Number(spaces.length === 0)
    : Math.max(0, 1 - Math.abs(spaces.length - nodes.length) / nodes.length),
);

/** 1 when the label has the graph's Bay count. */
export const bayCountConsistency: Metric = onAnalysis(({ bay_count }, { statistics }) =>
  Number(bay_count === statistics.bay_count),
);

/** 1 when the label names at least one item that is met or missed. */
export const complianceReasoning: Metric = onAnalysis(({ compliance }) =>
  Number((compliance?.compliant_items.length ?? 0) + (compliance?.non_compliant_items.length ?? 0) > 0),
);

/** Mean length of the comments on the spaces, against {@link FULL_COMMENT_LENGTH}, at most 1. */
export const analysisDepth: Metric = onAnalysis(({ spaces }) =>
  Math.min(
    1,
    mean(spaces.map(({ evaluation_comment }) => lengthOf(evaluation_comment))) / FULL_COMMENT_LENGTH,
  ),
);

/** Half for the number of recommendations, half for their mean length, each saturating. */
export const recommendationQuality: Metric = onAnalysis(({ recommendations }) => {
  const texts = (recommendations ?? []).filter(isFilled);
  const byCount = Math.min(1, texts.length / FULL_RECOMMENDATION_COUNT);
  const byLength = Math.min(1, mean(texts.map(lengthOf)) / FULL_RECOMMENDATION_LENGTH);
  return (byCount + byLength) / 2;
});

function onAnalysis(measure: (analysis: FloorPlanAnalysis, graph: TopologyGraph) => number): Metric {
  return ({ analysis, graph }) => (analysis === null ? 0 : measure(analysis, graph));
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : true;
}

/** In code points, without blanks at the ends. */
function lengthOf(text: string): number {
  return [...text.trim()].length;
}

function share(flags: readonly boolean[]): number {
  return flags.length === 0 ? 0 : flags.filter(Boolean).length / flags.length;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
