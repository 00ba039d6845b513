import { areaAnnotations } from './area-annotations.ts';
import type { AreaAnnotation } from './area-annotations.ts';
import type { ClassMapPlace } from './block-grid.ts';

/** Categories of the space network's channels. */
export const SPACE_CATEGORIES: readonly number[] = [1, 2, 3, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23];

const OTHER_SPACE = 22;
/** px² of the drawing. */
const MIN_AREA = 500;

/**
 * The spaces in the class map of the space network, by rising class and then from the bottom of the sheet up.
 *
 * @param categories of the channels; a class beyond them becomes 22 (other space)
 * @throws {RangeError} if the map does not hold the used part
 */
export function spaceAnnotations(
  classMap: Uint8Array,
  place: ClassMapPlace,
  categories = SPACE_CATEGORIES,
): AreaAnnotation<{ occluded: boolean }>[] {
  return areaAnnotations(classMap, place, {
    categories,
    otherCategory: OTHER_SPACE,
    minArea: MIN_AREA,
    attributesOf: () => ({ occluded: false }),
  });
}
