import type { EvaluationCategory, OverallGrade } from '../schemas/floor-plan-analysis.ts';
import type { PlanSpace, PlanView } from '../plan-view/plan-view.ts';
import { normaliseText } from '../taxonomy/normalise-text.ts';
import { SYNONYM_GROUPS } from '../taxonomy/synonym-groups.ts';

export type RubricLevel = 'suitable' | 'slight' | 'severe';

export interface Rubric {
  /** How each of the four items stands, with the figures that decide it. */
  levels: Record<EvaluationCategory, RubricLevel>;
  /** Per cent of the inside area held by living rooms and kitchens. */
  familyRatio: number;
  /** Per cent of the inside area held by storage. */
  storageRatio: number;
  /** Kitchens without a window. */
  windowlessKitchens: PlanSpace[];
  /** The main bedroom (안방); null in a plan without bedrooms, where the must does not apply. */
  mainBedroom: PlanSpace | null;
  /** The one must: the main bedroom has a window. */
  mustMet: boolean;
  grade: OverallGrade;
}

const MAIN_BEDROOM_LABELS = /^(?:안방|부부침실|침실\d*\(안방\))$/;
const STORAGE_WORDS = [
  ...SYNONYM_GROUPS.filter(({ name }) => name === '드레스룸' || name === '팬트리').flatMap(
    ({ members }) => members,
  ),
  '알파룸',
  '창고',
  '붙박이장',
].map(comparable);

/**
 * Grades a plan by the criteria table: four items (채광, 환기, 가족융화, 수납) and one must (a window in the main bedroom).
 *
 * Shares are added as hundredths of a per cent, as whole numbers, so that 30.00 % is exactly 30 %.
 */
export function evaluateRubric(view: PlanView): Rubric {
  const { statistics, spaces } = view;
  const kitchens = spaces.filter(isKitchen);
  const windowlessKitchens = kitchens.filter((space) => !hasWindow(space));
  const familyRatio = sumOfRatios(spaces.filter((space) => space.category === '거실' || isKitchen(space)));
  const storageRatio = sumOfRatios(spaces.filter(isStorage));

  const daylightMissed = Number(statistics.bay_count < 3) + Number(statistics.windowless_ratio > 30);
  const levels: Rubric['levels'] = {
    채광: daylightMissed === 0 ? 'suitable' : daylightMissed === 1 ? 'slight' : 'severe',
    환기:
      windowlessKitchens.length > 0
        ? 'severe'
        : statistics.structure_type === '판상형'
          ? 'suitable'
          : 'slight',
    가족융화:
      familyRatio >= 30 && familyRatio <= 40
        ? 'suitable'
        : familyRatio >= 25 && familyRatio <= 50
          ? 'slight'
          : 'severe',
    수납: storageRatio >= 10 ? 'suitable' : storageRatio >= 5 ? 'slight' : 'severe',
  };

  const mainBedroom = findMainBedroom(spaces);
  const mustMet = mainBedroom === null || hasWindow(mainBedroom);
  return {
    levels,
    familyRatio,
    storageRatio,
    windowlessKitchens,
    mainBedroom,
    mustMet,
    grade: mustMet ? gradeOf(Object.values(levels)) : '불합격',
  };
}

/** True when the graph knows a window of the space. */
export function hasWindow(space: PlanSpace): boolean {
  return space.windows.length > 0;
}

function gradeOf(levels: RubricLevel[]): OverallGrade {
  const suitable = levels.filter((level) => level === 'suitable').length;
  const slight = levels.filter((level) => level === 'slight').length;
  if (suitable === 4) return '최우수';
  if (suitable === 3 && slight === 1) return '우수';
  return suitable >= 2 ? '보통' : '미흡';
}

function isKitchen(space: PlanSpace): boolean {
  return space.category === '주방' || space.category === '주방및식당';
}

function isStorage(space: PlanSpace): boolean {
  const label = comparable(space.label ?? space.name);
  return space.category === '드레스룸' || STORAGE_WORDS.some((word) => label.includes(word));
}

function findMainBedroom(spaces: readonly PlanSpace[]): PlanSpace | null {
  const bedrooms = spaces.filter(({ category }) => category === '침실');
  const labelled = bedrooms.find((space) => MAIN_BEDROOM_LABELS.test(comparable(space.label ?? space.name)));
  if (labelled !== undefined) return labelled;
  let largest: PlanSpace | null = null;
  for (const bedroom of bedrooms) {
    if (largest === null || (bedroom.area_ratio ?? 0) > (largest.area_ratio ?? 0)) largest = bedroom;
  }
  return largest;
}

function sumOfRatios(spaces: readonly PlanSpace[]): number {
  return spaces.reduce((sum, { area_ratio }) => sum + Math.round((area_ratio ?? 0) * 100), 0) / 100;
}

/** As labels are compared, and without the dots of `W.I.C`. */
function comparable(text: string): string {
  return normaliseText(text).replaceAll('.', '');
}
