import { categoryNameOf } from '@arae/floorplan';
import type { ToDrawing } from '../images/detector-input.ts';
import { pythonFloat } from '../numbers/spelled-number.ts';
import type { BoxAnnotation } from './box-annotation.ts';
import type { DetectionRow } from './decode-yolo.ts';

/** Where a text stands, in whole drawing pixels. */
export interface TextBox {
  readonly corners: readonly [x1: number, y1: number, x2: number, y2: number];
  readonly confidence: number;
}

/** A text that was read on the drawing. */
export type TextBoxAnnotation = BoxAnnotation<{ OCR: string }>;

const TEXT = 21;

/**
 * The text boxes in drawing pixels, in order, every corner rounded up.
 *
 * @param toDrawing of the input that the rows belong to
 */
export function textBoxes(rows: readonly DetectionRow[], toDrawing: ToDrawing): TextBox[] {
  return rows.map(({ xmin, ymin, xmax, ymax, confidence }) => {
    const corners = [...toDrawing(xmin, ymin), ...toDrawing(xmax, ymax)] as const;
    const [x1, y1, x2, y2] = corners.map((value) => Math.ceil(value) + 0) as [number, number, number, number];
    return { corners: [x1, y1, x2, y2], confidence };
  });
}

/**
 * One annotation for each box, in order.
 *
 * @param texts as many as boxes
 * @throws {RangeError} if there are more or fewer
 */
export function textAnnotations(boxes: readonly TextBox[], texts: readonly string[]): TextBoxAnnotation[] {
  if (boxes.length !== texts.length) {
    throw new RangeError(`${boxes.length} text boxes, but ${texts.length} texts`);
  }
  return boxes.map(({ corners: [x1, y1, x2, y2], confidence }, id) => ({
    id,
    category_id: TEXT,
    category_name: categoryNameOf(TEXT) ?? '',
    bbox: [x1, y1, x2 - x1, y2 - y1],
    segmentation: [],
    area: (x2 - x1) * (y2 - y1),
    confidence: pythonFloat(confidence),
    iscrowd: 0,
    attributes: { OCR: texts[id]! },
  }));
}
