import type { ClaimKind } from './claims-of.ts';
import { GROUNDING_WEIGHTS, noClaims } from './ground-label.ts';
import type { ClaimCount, GradeStanding, GroundedLabel, GroundingMetricName } from './ground-label.ts';

export interface GroundingScores {
  /** Mean of each grounding metric over all items, 0–1; an item without a label counts 0. */
  metrics: Record<GroundingMetricName, number>;
  /** Weighted sum, 0–1. */
  total: number;
  /** Over the labels that there are. */
  contradictions: { perLabel: number; severePerLabel: number; severe: number; minor: number };
  inventedSpaces: { count: number; labels: number };
  /** Labels by how their grade stands against the table's. */
  grades: Record<GradeStanding, number>;
  kinds: Record<ClaimKind, ClaimCount>;
}

/**
 * Means and counts over the labels of one teacher.
 *
 * @param hasLabel for each of them whether there is a label at all
 */
export function scoreGrounding(
  grounded: readonly GroundedLabel[],
  hasLabel: readonly boolean[],
): GroundingScores {
  const names = Object.keys(GROUNDING_WEIGHTS) as GroundingMetricName[];
  const metrics = Object.fromEntries(
    names.map((name) => [
      name,
      grounded.reduce((sum, label) => sum + label.metrics[name], 0) / Math.max(1, grounded.length),
    ]),
  ) as Record<GroundingMetricName, number>;

  const kinds = noClaims();
  const grades: GroundingScores['grades'] = { same: 0, one_step: 0, denied: 0, none: 0 };
  const labels = grounded.filter((_, index) => hasLabel[index]);
  let contradictions = 0;
  for (const label of labels) {
    contradictions += label.contradictions.length;
    for (const [kind, { claims, denied }] of Object.entries(label.kinds)) {
      kinds[kind as ClaimKind].claims += claims;
      kinds[kind as ClaimKind].denied += denied;
    }
    grades[label.grade]++;
  }
  const severe = labels.reduce((sum, label) => sum + label.severe, 0);
  const perLabel = (count: number) => (labels.length === 0 ? 0 : count / labels.length);
  return {
    metrics,
    total: names.reduce((sum, name) => sum + GROUNDING_WEIGHTS[name] * metrics[name], 0),
    contradictions: {
      perLabel: perLabel(contradictions),
      severePerLabel: perLabel(severe),
      severe,
      minor: contradictions - severe,
    },
    inventedSpaces: {
      count: labels.reduce((sum, { inventedSpaces }) => sum + inventedSpaces, 0),
      labels: labels.filter(({ inventedSpaces }) => inventedSpaces > 0).length,
    },
    grades,
    kinds,
  };
}
