import { categoryNameOf } from '@arae/floorplan';
import type { ToDrawing } from '../images/detector-input.ts';
import { pythonFloat } from '../numbers/spelled-number.ts';
import type { SpelledNumber } from '../numbers/spelled-number.ts';
import { truncate } from '../numbers/truncate.ts';
import type { BoxAnnotation } from './box-annotation.ts';
import type { DetectionRow } from './decode-yolo.ts';

/** A fixture that the object network found; coordinates in drawing pixels. */
export type ObjectBoxAnnotation = BoxAnnotation<{ occluded: boolean; rotation: SpelledNumber }>;

/** Categories of the object network's classes: toilet, washstand, sink, bathtub, gas stove. */
export const OBJECT_CATEGORIES: readonly number[] = [4, 5, 6, 7, 8];

const OTHER_OBJECT = 4;

/**
 * One annotation for each row, in order. The corners are mapped to the drawing and truncated, then width, height and
 * area are taken from the truncated ones.
 *
 * @param toDrawing of the input that the rows belong to
 * @param categories of the classes; a class beyond them becomes 4 (toilet), as in the service
 */
export function objectAnnotations(
  rows: readonly DetectionRow[],
  toDrawing: ToDrawing,
  categories = OBJECT_CATEGORIES,
): ObjectBoxAnnotation[] {
  return rows.map((row, id) => {
    const [left, top] = toDrawing(row.xmin, row.ymin);
    const [right, bottom] = toDrawing(row.xmax, row.ymax);
    const x = truncate(left);
    const y = truncate(top);
    const width = truncate(right) - x;
    const height = truncate(bottom) - y;
    const category = categories[row.class] ?? OTHER_OBJECT;
    return {
      id,
      category_id: category,
      category_name: categoryNameOf(category) ?? '',
      bbox: [x, y, width, height],
      segmentation: [],
      area: width * height + 0,
      confidence: pythonFloat(row.confidence),
      iscrowd: 0,
      attributes: { occluded: false, rotation: pythonFloat(0) },
    };
  });
}
