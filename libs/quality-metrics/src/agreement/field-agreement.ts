import type { FloorPlanAnalysis, SpaceAnalysis } from '@arae/floorplan';

/** Structured fields that two analyses of one plan are compared in. Those of spaces count once for every space. */
export const AGREEMENT_FIELDS = [
  'image_name',
  'structure_type',
  'bay_count',
  'total_spaces',
  'room_count',
  'bathroom_count',
  'balcony_ratio',
  'windowless_ratio',
  'ventilation_quality',
  'compliance.overall_grade',
  'compliance.non_compliant_items.category',
  'spaces.space_name',
  'spaces.space_type',
  'spaces.has_window',
  'spaces.area_ratio',
  'spaces.connected_spaces',
] as const;
export type AgreementField = (typeof AGREEMENT_FIELDS)[number];

/** How often a field was equal, of how many times it was compared. */
export interface Agreement {
  equal: number;
  of: number;
}

export type FieldAgreement = Record<AgreementField, Agreement>;

/**
 * Where an analysis says exactly what the reference says. Lists are compared as sets. Every space of the reference is looked up by its
 * name: one that is missing agrees in nothing; spaces that only the analysis has are seen in `spaces.space_name`, which compares
 * the names of both as sets.
 *
 * @param analysis null where there is none: then nothing agrees
 */
export function fieldAgreement(
  analysis: FloorPlanAnalysis | null,
  reference: FloorPlanAnalysis,
): FieldAgreement {
  const once = (isEqual: boolean): Agreement => ({ equal: Number(isEqual), of: 1 });
  const same = (read: (of: FloorPlanAnalysis) => unknown) =>
    once(analysis !== null && read(analysis) === read(reference));
  const sameSet = (read: (of: FloorPlanAnalysis) => string[]) =>
    once(analysis !== null && isSameSet(read(analysis), read(reference)));

  const found = new Map<string, SpaceAnalysis>();
  for (const space of analysis?.spaces ?? []) {
    if (!found.has(space.space_name)) found.set(space.space_name, space);
  }
  const ofSpaces = (isEqual: (a: SpaceAnalysis, b: SpaceAnalysis) => boolean): Agreement => ({
    equal: reference.spaces.filter((space) => {
      const other = found.get(space.space_name);
      return other !== undefined && isEqual(other, space);
    }).length,
    of: reference.spaces.length,
  });

  return {
    image_name: same(({ image_name }) => image_name),
    structure_type: same(({ structure_type }) => structure_type),
    bay_count: same(({ bay_count }) => bay_count),
    total_spaces: same(({ total_spaces }) => total_spaces),
    room_count: same(({ room_count }) => room_count),
    bathroom_count: same(({ bathroom_count }) => bathroom_count),
    balcony_ratio: same(({ balcony_ratio }) => balcony_ratio),
    windowless_ratio: same(({ windowless_ratio }) => windowless_ratio),
    ventilation_quality: same(({ ventilation_quality }) => ventilation_quality),
    'compliance.overall_grade': same(({ compliance }) => compliance?.overall_grade ?? null),
    'compliance.non_compliant_items.category': sameSet(({ compliance }) =>
      (compliance?.non_compliant_items ?? []).map(({ category }) => category),
    ),
    'spaces.space_name': sameSet(({ spaces }) => spaces.map(({ space_name }) => space_name)),
    'spaces.space_type': ofSpaces((a, b) => a.space_type === b.space_type),
    'spaces.has_window': ofSpaces((a, b) => a.has_window === b.has_window),
    'spaces.area_ratio': ofSpaces((a, b) => a.area_ratio === b.area_ratio),
    'spaces.connected_spaces': ofSpaces((a, b) => isSameSet(a.connected_spaces, b.connected_spaces)),
  };
}

/** The counts of many analyses together. */
export function sumAgreement(all: readonly FieldAgreement[]): FieldAgreement {
  return Object.fromEntries(
    AGREEMENT_FIELDS.map((field) => [
      field,
      all.reduce<Agreement>(
        (sum, agreement) => ({
          equal: sum.equal + agreement[field].equal,
          of: sum.of + agreement[field].of,
        }),
        { equal: 0, of: 0 },
      ),
    ]),
  ) as FieldAgreement;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const [a, b] = [new Set(left), new Set(right)];
  return a.size === b.size && [...a].every((item) => b.has(item));
}
