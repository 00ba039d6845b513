import type { SpelledNumber } from '../numbers/spelled-number.ts';

/** Something that a detector found as a box, without an outline; coordinates in drawing pixels. */
export interface BoxAnnotation<Attributes> {
  id: number;
  category_id: number;
  category_name: string;
  /** `[x, y, width, height]`. */
  bbox: [number, number, number, number];
  segmentation: number[][];
  /** px², an integer. */
  area: number;
  confidence: SpelledNumber;
  iscrowd: number;
  attributes: Attributes;
}
