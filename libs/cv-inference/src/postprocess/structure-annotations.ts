import { areaAnnotations } from './area-annotations.ts';
import type { AreaAnnotation } from './area-annotations.ts';
import type { ClassMapPlace } from './block-grid.ts';

/** Categories of the structure network's channels: doors, windows, walls. */
export const STRUCTURE_CATEGORIES: readonly number[] = [9, 10, 11];

const WALL = 11;
/** px² of the drawing. */
const MIN_AREA = 100;
// Names are data of the service, so they stay in Korean.
const SUBCATEGORIES = new Map([
  [9, '출입문'],
  [10, '창호'],
  [WALL, '벽체'],
]);
const OTHER_WALL = '기타벽';

/**
 * Doors, windows and walls in the class map of the structure network, by rising class and then from the bottom of the
 * sheet up.
 *
 * @param categories of the channels; a class beyond them becomes a wall with the subcategory 기타벽
 * @throws {RangeError} if the map does not hold the used part
 */
export function structureAnnotations(
  classMap: Uint8Array,
  place: ClassMapPlace,
  categories = STRUCTURE_CATEGORIES,
): AreaAnnotation<{ subcat: string }>[] {
  return areaAnnotations(classMap, place, {
    categories,
    otherCategory: WALL,
    minArea: MIN_AREA,
    attributesOf: (value) => ({ subcat: SUBCATEGORIES.get(categories[value - 1] ?? 0) ?? OTHER_WALL }),
  });
}
