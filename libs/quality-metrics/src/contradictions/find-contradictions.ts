import { OVERALL_GRADES, evaluateRubric, hasWindow, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, OverallGrade, PlanSpace, PlanView, TopologyGraph } from '@arae/floorplan';
import type { Contradiction } from './contradiction.ts';
import { itemsAgainst } from './items-against.ts';

/** Percentages may be rounded to a tenth in an analysis. */
const RATIO_TOLERANCE = 0.1;

/**
 * Holds an analysis against its graph: image name, structure type, counts and ratios; the names, windows, ratios and connections
 * of the spaces; the grade and the items against the rubric. Deterministic; in the order of the analysis.
 */
export function findContradictions(analysis: FloorPlanAnalysis, graph: TopologyGraph): Contradiction[] {
  const view = planViewOf(graph);
  return [
    ...factsAgainst(analysis, view),
    ...spacesAgainst(analysis, view),
    ...complianceAgainst(analysis, view),
  ];
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
    if (space === undefined) {
      yield {
        path: `${path}/space_name`,
        claim: claimed.space_name,
        ...unknownName(claimed.space_name, view),
      };
      continue;
    }
    if (met.has(space.name)) {
      yield {
        path: `${path}/space_name`,
        claim: claimed.space_name,
        fact: 'listed twice',
        severity: 'severe',
      };
      continue;
    }
    met.add(space.name);
    if (claimed.area_m2 !== null) {
      yield {
        path: `${path}/area_m2`,
        claim: claimed.area_m2,
        fact: 'the graph has no scale',
        severity: 'minor',
      };
    }
    if (isOtherRatio(claimed.area_ratio, space)) {
      yield {
        path: `${path}/area_ratio`,
        claim: claimed.area_ratio,
        fact: space.area_ratio,
        severity: 'minor',
      };
    }
    if (claimed.has_window !== hasWindow(space)) {
      yield {
        path: `${path}/has_window`,
        claim: claimed.has_window,
        fact: hasWindow(space),
        severity: 'severe',
      };
    }
    yield* connectionsAgainst(claimed.connected_spaces, space, `${path}/connected_spaces`);
  }
  const missing = view.spaces.filter(({ name }) => !met.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    yield { path: '/spaces', claim: 'all spaces', fact: { missing }, severity: 'minor' };
}

/** A label that several spaces share names none of them, but does not invent one either. */
function unknownName(name: string, view: PlanView): Pick<Contradiction, 'fact' | 'severity'> {
  const meant = view.spaces.filter(({ label }) => label === name).map((space) => space.name);
  if (meant.length > 0) return { fact: { one_of: meant }, severity: 'minor' };
  return { fact: 'no such space', severity: 'severe' };
}

/** Connections of every kind count, in any order. */
function* connectionsAgainst(
  claims: readonly string[],
  space: PlanSpace,
  path: string,
): Generator<Contradiction> {
  const facts = new Set(space.connections.map(({ to }) => to));
  for (const [index, claim] of claims.entries()) {
    if (!facts.has(claim))
      yield { path: `${path}/${index}`, claim, fact: 'not connected', severity: 'minor' };
  }
  const missing = [...facts].filter((name) => !claims.includes(name));
  if (missing.length > 0) yield { path, claim: 'all connections', fact: { missing }, severity: 'minor' };
}

function* complianceAgainst({ compliance }: FloorPlanAnalysis, view: PlanView): Generator<Contradiction> {
  if (compliance === null) return;
  const rubric = evaluateRubric(view);
  const claim = compliance.overall_grade;
  const { grade: fact } = rubric;
  const claimed = OVERALL_GRADES.indexOf(claim as OverallGrade);
  const failsMust = (claim === '불합격') !== (fact === '불합격');
  if (claimed < 0 || failsMust || Math.abs(claimed - OVERALL_GRADES.indexOf(fact)) > 1) {
    yield { path: '/compliance/overall_grade', claim, fact, severity: 'severe' };
  }
  yield* itemsAgainst(compliance, rubric);
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
