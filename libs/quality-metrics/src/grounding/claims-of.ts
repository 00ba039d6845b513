import type { FloorPlanAnalysis, PlanView } from '@arae/floorplan';

/**
 * What a claim is about. Facts, ratios, spaces, windows, connections and the grade can be held against the graph wherever they stand.
 * Items and texts are prose: there only what the graph denies is known to be a claim.
 */
export const CLAIM_KINDS = [
  'facts',
  'ratios',
  'spaces',
  'windows',
  'connections',
  'grade',
  'items',
  'texts',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

const FACTS = [
  'image_name',
  'structure_type',
  'bay_count',
  'total_spaces',
  'room_count',
  'bathroom_count',
] as const;

/** The place of a claim: a contradiction may point into it (`…/non_compliant_items/0/reason`). */
export function claimPathOf(path: string): string {
  return /^\/compliance\/(?:non_)?compliant_items\/\d+/.exec(path)?.[0] ?? path;
}

export function claimKindOf(path: string): ClaimKind {
  if (FACTS.some((field) => path === `/${field}`)) return 'facts';
  if (/_ratio$|\/area_m2$/.test(path)) return 'ratios';
  if (/^\/spaces(?:\/\d+(?:\/space_name)?)?$/.test(path)) return 'spaces';
  if (path.endsWith('/has_window')) return 'windows';
  if (path.includes('/connected_spaces')) return 'connections';
  if (path === '/compliance/overall_grade') return 'grade';
  return path.startsWith('/compliance/') && path.includes('_items/') ? 'items' : 'texts';
}

/** Paths (JSON Pointers into the analysis) of all claims that the graph decides, prose left out. */
export function claimsOf(analysis: FloorPlanAnalysis, view: PlanView): string[] {
  const known = new Set(view.spaces.map(({ name }) => name));
  const paths: string[] = [...FACTS.map((field) => `/${field}`), '/balcony_ratio', '/windowless_ratio'];
  // That these are all spaces.
  paths.push('/spaces');
  const met = new Set<string>();
  for (const [index, space] of analysis.spaces.entries()) {
    const path = `/spaces/${index}`;
    paths.push(`${path}/space_name`);
    // Of a space that is not there, or listed again, nothing more can be decided.
    if (!known.has(space.space_name) || met.has(space.space_name)) continue;
    met.add(space.space_name);
    paths.push(`${path}/has_window`);
    if (space.area_ratio !== null) paths.push(`${path}/area_ratio`);
    if (space.area_m2 !== null) paths.push(`${path}/area_m2`);
    // That these are all connections, and each of them.
    paths.push(`${path}/connected_spaces`);
    for (const other of space.connected_spaces.keys()) paths.push(`${path}/connected_spaces/${other}`);
  }
  if (analysis.compliance !== null) paths.push('/compliance/overall_grade');
  return paths;
}
