import type { Drawing, Size } from './drawing.ts';

/** byte / 255 in single precision. */
const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

export interface PlacedPicture {
  readonly canvas: Size;
  /** Pixels left of the picture. */
  readonly left: number;
  /** Pixels above it. */
  readonly top: number;
  /** The byte of the canvas around it. */
  readonly around: number;
  /** Written over and returned instead of new memory; for inputs of hundreds of megabytes. */
  readonly into?: Float32Array | undefined;
}

/** The picture on its canvas as `3 × height × width` values of 0…1: all red ones, all green ones, all blue ones. */
export function planesOf(
  { width, height, rgb }: Drawing,
  { canvas, left, top, around, into }: PlacedPicture,
): Float32Array {
  const plane = canvas.width * canvas.height;
  const planes = into ?? new Float32Array(3 * plane);
  if (planes.length !== 3 * plane) {
    throw new RangeError(`into holds ${planes.length} values, the input has ${3 * plane}`);
  }
  if (width !== canvas.width || height !== canvas.height) planes.fill(UNIT[around]!);
  for (let y = 0, from = 0; y < height; y += 1) {
    let to = (top + y) * canvas.width + left;
    for (const end = to + width; to < end; to += 1, from += 3) {
      planes[to] = UNIT[rgb[from]!]!;
      planes[to + plane] = UNIT[rgb[from + 1]!]!;
      planes[to + 2 * plane] = UNIT[rgb[from + 2]!]!;
    }
  }
  return planes;
}
