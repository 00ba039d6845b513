import type { Drawing } from './drawing.ts';
import { planesOf } from './planes.ts';
import { resizeLinear } from './resize-linear.ts';
import { roundHalfEven } from './round-half-even.ts';

/** A picture in the middle of a grey canvas, as YOLOv5 wants it. */
export interface Letterbox {
  /** `1 × 3 × height × width`, 0…1, RGB. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** From pixels of the canvas to pixels of the picture, kept within it. */
  readonly toPicture: (x: number, y: number) => readonly [x: number, y: number];
}

export interface LetterboxOptions {
  /** The picture's longer side on the canvas, in pixels; it is enlarged or reduced to that. A multiple of 32. */
  readonly longSide: number;
  /** Written over and returned as `data` instead of new memory; its length must fit. */
  readonly into?: Float32Array | undefined;
}

/** The network halves its input five times. */
const STRIDE = 32;
const GREY = 114;
/** Of an odd number of grey lines the larger half goes to the bottom and to the right. */
const FIRST_HALF = 0.1;

export function letterbox(picture: Drawing, { longSide, into }: LetterboxOptions): Letterbox {
  const { width, height } = picture;
  const growth = longSide / Math.max(width, height);
  const canvas = { width: paddedSide(width * growth), height: paddedSide(height * growth) };
  const gain = Math.min(canvas.height / height, canvas.width / width);
  const inner = {
    width: Math.max(1, roundHalfEven(width * gain)),
    height: Math.max(1, roundHalfEven(height * gain)),
  };
  const data = planesOf(resizeLinear(picture, inner), {
    canvas,
    left: roundHalfEven((canvas.width - inner.width) / 2 - FIRST_HALF),
    top: roundHalfEven((canvas.height - inner.height) / 2 - FIRST_HALF),
    around: GREY,
    into,
  });

  // The way back uses the unrounded margins and single precision, as YOLOv5 does.
  const marginX = Math.fround((canvas.width - width * gain) / 2);
  const marginY = Math.fround((canvas.height - height * gain) / 2);
  const back = (value: number, margin: number, end: number): number =>
    Math.min(Math.max(Math.fround(Math.fround(value - margin) / Math.fround(gain)), 0), end);
  const toPicture = (x: number, y: number) => [back(x, marginX, width), back(y, marginY, height)] as const;
  return { data, ...canvas, toPicture };
}

function paddedSide(length: number): number {
  return Math.max(1, Math.ceil(Math.trunc(length) / STRIDE)) * STRIDE;
}
