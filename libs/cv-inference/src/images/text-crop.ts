import type { Drawing } from './drawing.ts';
import { roundHalfEven } from './round-half-even.ts';

/** The canvas on which the text recognition network sees one text. */
export const TEXT_CROP = { width: 250, height: 60 } as const;

/** Pixels added on each side of a text box. */
const MARGIN = 5;
const WHITE = 255;

/**
 * One text for the recognition network: its box, grown by 5 pixels and clipped to the drawing, at the left of a white
 * 250 × 60 canvas, vertically centred. Nothing is scaled: what is longer or higher is cut off at the right and the
 * bottom. A box outside the drawing gives a white canvas.
 *
 * @param box `[x1, y1, x2, y2]` in whole pixels of the cropped drawing, the second corner not included
 * @returns 60 × 250 × 3 bytes, row-major RGB
 */
export function textCrop(
  cropped: Drawing,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): Uint8Array {
  const canvas = new Uint8Array(TEXT_CROP.width * TEXT_CROP.height * 3).fill(WHITE);
  const left = Math.max(x1 - MARGIN, 0);
  const top = Math.max(y1 - MARGIN, 0);
  const width = Math.min(x2 + MARGIN, cropped.width, left + TEXT_CROP.width) - left;
  const height = Math.min(y2 + MARGIN, cropped.height, top + TEXT_CROP.height) - top;
  if (width <= 0 || height <= 0) return canvas;

  const down = roundHalfEven((TEXT_CROP.height - height) / 2);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * cropped.width + left) * 3;
    canvas.set(cropped.rgb.subarray(from, from + width * 3), (down + row) * TEXT_CROP.width * 3);
  }
  return canvas;
}
