import type { Drawing, Size } from './drawing.ts';
import { resizeArea } from './resize-area.ts';

/** What the segmentation and object networks see of a landscape sheet; of a portrait one with the sides swapped. */
export const REDUCED_SIZE: Size = { width: 620, height: 436 };

/**
 * The cropped drawing at the size that the segmentation and object networks see, 1/8 of a standard sheet, upright.
 * Make it once and hand it to both.
 *
 * @param size of a landscape sheet; default 620 × 436
 */
export function reducedPicture(cropped: Drawing, size: Size = REDUCED_SIZE): Drawing {
  return resizeArea(cropped, turnedLike(size, cropped));
}

/** The size with its sides swapped where the drawing is higher than wide. */
export function turnedLike(size: Size, drawing: Size): Size {
  return drawing.height > drawing.width ? { width: size.height, height: size.width } : size;
}
