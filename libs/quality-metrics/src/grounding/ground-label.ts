import { OVERALL_GRADES, evaluateRubric, planViewOf } from '@arae/floorplan';
import type { OverallGrade } from '@arae/floorplan';
import type { Contradiction } from '../contradictions/contradiction.ts';
import { findContradictions } from '../contradictions/find-contradictions.ts';
import type { LabelUnderTest } from '../metrics/label-under-test.ts';
import { CLAIM_KINDS, claimKindOf, claimPathOf, claimsOf } from './claims-of.ts';
import type { ClaimKind } from './claims-of.ts';

/** The four grounding metrics, each with its part in their total. The parts add up to 1. */
export const GROUNDING_WEIGHTS = {
  claims_true: 0.4,
  no_severe_contradiction: 0.3,
  grade_agreement: 0.2,
  spaces_real: 0.1,
} as const;
export type GroundingMetricName = keyof typeof GROUNDING_WEIGHTS;

/**
 * A label's grade against the table's: the same, one step off (a matter of judgement), denied (further off, or with the must turned
 * round), or none of the known grades.
 */
export const GRADE_STANDINGS = ['same', 'one_step', 'denied', 'none'] as const;
export type GradeStanding = (typeof GRADE_STANDINGS)[number];

/** What each is worth. */
const GRADE_AGREEMENT: Record<GradeStanding, number> = { same: 1, one_step: 0.5, denied: 0, none: 0 };

/** How one label stands against its graph. */
export interface GroundedLabel {
  /** Each 0–1; all 0 for an item without a label. */
  metrics: Record<GroundingMetricName, number>;
  /** Weighted sum, 0–1. */
  total: number;
  contradictions: Contradiction[];
  severe: number;
  /** Listed spaces that the graph does not have, or has once and the label twice. */
  inventedSpaces: number;
  grade: GradeStanding;
  /** Claims that the graph decides, and those that it denies, by kind. */
  kinds: Record<ClaimKind, ClaimCount>;
}

export interface ClaimCount {
  claims: number;
  denied: number;
}

/** Holds a label against its graph. Deterministic. */
export function groundLabel({ analysis, graph }: LabelUnderTest): GroundedLabel {
  const kinds = noClaims();
  if (analysis === null) {
    const metrics = { claims_true: 0, no_severe_contradiction: 0, grade_agreement: 0, spaces_real: 0 };
    return {
      metrics,
      total: 0,
      contradictions: [],
      severe: 0,
      inventedSpaces: 0,
      grade: 'none',
      kinds,
    };
  }
  const view = planViewOf(graph);
  const contradictions = findContradictions(analysis, graph);
  const denied = new Set(contradictions.map(({ path }) => claimPathOf(path)));
  const claims = new Set([...claimsOf(analysis, view), ...denied]);
  for (const path of claims) {
    const count = kinds[claimKindOf(path)];
    count.claims++;
    if (denied.has(path)) count.denied++;
  }
  const severe = contradictions.filter(({ severity }) => severity === 'severe').length;
  const inventedSpaces = contradictions.filter(
    ({ path, severity }) => severity === 'severe' && path.endsWith('/space_name'),
  ).length;
  const grade = gradeStanding(
    analysis.compliance?.overall_grade,
    evaluateRubric(view).grade,
    denied.has('/compliance/overall_grade'),
  );
  const metrics = {
    claims_true: 1 - denied.size / claims.size,
    no_severe_contradiction: Number(severe === 0),
    grade_agreement: GRADE_AGREEMENT[grade],
    spaces_real: spacesReal(analysis.spaces.length, inventedSpaces, graph.nodes.length),
  };
  const total = (Object.keys(metrics) as GroundingMetricName[]).reduce(
    (sum, name) => sum + GROUNDING_WEIGHTS[name] * metrics[name],
    0,
  );
  return { metrics, total, contradictions, severe, inventedSpaces, grade, kinds };
}

function gradeStanding(claim: string | undefined, fact: OverallGrade, isDenied: boolean): GradeStanding {
  if (!OVERALL_GRADES.some((grade) => grade === claim)) return 'none';
  return isDenied ? 'denied' : claim === fact ? 'same' : 'one_step';
}

/** No spaces are right for a graph without any only. */
function spacesReal(listed: number, invented: number, nodes: number): number {
  return listed === 0 ? Number(nodes === 0) : 1 - invented / listed;
}

export function noClaims(): Record<ClaimKind, ClaimCount> {
  return Object.fromEntries(CLAIM_KINDS.map((kind) => [kind, { claims: 0, denied: 0 }])) as Record<
    ClaimKind,
    ClaimCount
  >;
}
