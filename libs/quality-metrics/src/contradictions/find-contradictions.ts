import { OVERALL_GRADES, evaluateRubric, hasWindow, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, OverallGrade, PlanSpace, PlanView, TopologyGraph } from '@arae/floorplan';
import type { Contradiction } from './contradiction.ts';

/** Percentages may be rounded to a tenth in an analysis. */
const RATIO_TOLERANCE = 0.1;

/**
 * Holds an analysis against its graph: image name, structure type, counts, ratios, the windows, ratios and names of the spaces, and the
 * grade against the rubric. Deterministic; in the order of the analysis.
 */
export function findContradictions(analysis: FloorPlanAnalysis, graph: TopologyGraph): Contradiction[] {
  const view = planViewOf(graph);
  return [...factsAgainst(analysis, view), ...spacesAgainst(analysis, view), ...gradeAgainst(analysis, view)];
}

function* factsAgainst(analysis: FloorPlanAnalysis, view: PlanView): Generator<Contradiction> {
  const { statistics } = view;
  const exact = {
    image_name: view.image_name,
    structure_type: statistics.structure_type,
    bay_count: statistics.bay_count,
    total_spaces: statistics.space_count,
    room_count: statistics.room_count,
    bathroom_count: statistics.bathroom_count,
  } as const;
  for (const [field, fact] of Object.entries(exact)) {
    const claim = analysis[field as keyof typeof exact];
    if (claim !== fact) yield { path: `/${field}`, claim, fact, severity: 'minor' };
  }
  for (const field of ['balcony_ratio', 'windowless_ratio'] as const) {
    if (differs(analysis[field], statistics[field])) {
      yield { path: `/${field}`, claim: analysis[field], fact: statistics[field], severity: 'minor' };
    }
  }
}

function* spacesAgainst(analysis: FloorPlanAnalysis, view: PlanView): Generator<Contradiction> {
  const byName = new Map(view.spaces.map((space) => [space.name, space]));
  const met = new Set<string>();
  for (const [index, claimed] of analysis.spaces.entries()) {
    const path = `/spaces/${index}`;
    const space = byName.get(claimed.space_name);
    if (space === undefined || met.has(space.name)) {
      yield {
        path: `${path}/space_name`,
        claim: claimed.space_name,
        fact: space === undefined ? 'no such space' : 'listed twice',
        severity: 'severe',
      };
      continue;
    }
    met.add(space.name);
    if (claimed.has_window !== hasWindow(space)) {
      yield { path: `${path}/has_window`, claim: claimed.has_window, fact: hasWindow(space), severity: 'severe' };
    }
    if (claimed.area_m2 !== null) {
      yield { path: `${path}/area_m2`, claim: claimed.area_m2, fact: 'the graph has no scale', severity: 'minor' };
    }
    if (isOtherRatio(claimed.area_ratio, space)) {
      yield { path: `${path}/area_ratio`, claim: claimed.area_ratio, fact: space.area_ratio, severity: 'minor' };
    }
  }
  const missing = view.spaces.filter(({ name }) => !met.has(name)).map(({ name }) => name);
  if (missing.length > 0) yield { path: '/spaces', claim: 'all spaces', fact: { missing }, severity: 'minor' };
}

function* gradeAgainst({ compliance }: FloorPlanAnalysis, view: PlanView): Generator<Contradiction> {
  if (compliance === null) return;
  const claim = compliance.overall_grade;
  const { grade: fact } = evaluateRubric(view);
  const claimed = OVERALL_GRADES.indexOf(claim as OverallGrade);
  const failsMust = (claim === '불합격') !== (fact === '불합격');
  if (claimed < 0 || failsMust || Math.abs(claimed - OVERALL_GRADES.indexOf(fact)) > 1) {
    yield { path: '/compliance/overall_grade', claim, fact, severity: 'severe' };
  }
}

/** A ratio that is left out claims nothing. */
function isOtherRatio(claim: number | null, space: PlanSpace): boolean {
  if (claim === null) return false;
  return space.area_ratio === null ? true : differs(claim, space.area_ratio);
}

function differs(claim: number, fact: number): boolean {
  // The tolerance itself is not a difference, whatever binary fractions make of it.
  return Math.abs(claim - fact) > RATIO_TOLERANCE + 1e-9;
}
