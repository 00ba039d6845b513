import type { Drawing, Size } from './drawing.ts';
import { planesOf } from './planes.ts';
import { reducedPicture, REDUCED_SIZE, turnedLike } from './reduced-picture.ts';

export interface SegmentationInput {
  /** `1 × 3 × height × width`, 0…1, RGB. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** The part that shows the drawing, from the top left. */
  readonly used: Size;
  /** Drawing pixels per pixel of the used part; 8 and 8 for a standard sheet. */
  readonly scale: { readonly x: number; readonly y: number };
}

export interface SegmentationInputOptions {
  /** `reducedPicture(cropped)`, where it is there already. */
  readonly reduced?: Drawing | undefined;
  /** The part that shows a landscape sheet; default 620 × 436. */
  readonly used?: Size | undefined;
  /** The whole input for a landscape sheet; default 640 × 448. */
  readonly canvas?: Size | undefined;
}

const CANVAS: Size = { width: 640, height: 448 };
const WHITE = 255;

/**
 * The input of the space and structure networks: the reduced drawing at the top left of a white canvas. A portrait
 * sheet stays upright, so its input has the sides swapped (448 wide, 640 high): the result is read back from the same
 * window. (The service pads such an input to a square and reads the result beside the picture.)
 */
export function segmentationInput(
  cropped: Drawing,
  { reduced, used = REDUCED_SIZE, canvas = CANVAS }: SegmentationInputOptions = {},
): SegmentationInput {
  const picture = reduced ?? reducedPicture(cropped, used);
  const whole = turnedLike(canvas, cropped);
  return {
    data: planesOf(picture, { canvas: whole, left: 0, top: 0, around: WHITE }),
    width: whole.width,
    height: whole.height,
    used: { width: picture.width, height: picture.height },
    scale: { x: cropped.width / picture.width, y: cropped.height / picture.height },
  };
}
