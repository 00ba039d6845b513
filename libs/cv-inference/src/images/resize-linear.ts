import type { Drawing, Size } from './drawing.ts';
import { linearTaps, WEIGHT_BITS } from './taps.ts';
import type { Taps } from './taps.ts';

/** Resizes a picture bilinearly, without smoothing: the same bytes as OpenCV's `resize` with `INTER_LINEAR`. */
export function resizeLinear(source: Drawing, target: Size): Drawing {
  if (source.width === target.width && source.height === target.height) return source;
  return interpolate(source, target, {
    x: linearTaps(source.width, target.width),
    y: linearTaps(source.height, target.height),
  });
}

/** Weighs two source columns and two source rows for each target pixel, in OpenCV's integers. */
export function interpolate(
  source: Drawing,
  { width, height }: Size,
  { x, y }: { x: Taps; y: Taps },
): Drawing {
  const columns = withinBorders(x, source.width);
  const rgb = new Uint8Array(width * height * 3);
  const lastRow = source.height - 1;
  // The two source rows in use, widened; most target rows need the same ones as their predecessor or one new one.
  let upper = { row: -1, values: new Int32Array(width * 3) };
  let lower = { row: -1, values: new Int32Array(width * 3) };
  for (let line = 0, to = 0; line < height; line += 1) {
    const upperRow = Math.min(Math.max(y.at[line]!, 0), lastRow);
    const lowerRow = Math.min(Math.max(y.at[line]! + 1, 0), lastRow);
    if (lower.row === upperRow) [upper, lower] = [lower, upper];
    if (upper.row !== upperRow) upper.row = widen(source, upperRow, columns, upper.values);
    if (lower.row !== lowerRow) lower.row = widen(source, lowerRow, columns, lower.values);
    const here = y.here[line]!;
    const next = y.next[line]!;
    const { values: above } = upper;
    const { values: below } = lower;
    for (let at = 0; at < above.length; at += 1, to += 1) {
      const sum = ((here * (above[at]! >> 4)) >> 16) + ((next * (below[at]! >> 4)) >> 16);
      rgb[to] = (sum + 2) >> 2;
    }
  }
  return { width, height, rgb };
}

/** Beyond the first and the last column only the border pixel counts. (Rows keep their two weights instead.) */
function withinBorders(taps: Taps, length: number): Taps {
  const last = length - 1;
  const within = { at: taps.at.slice(), here: taps.here.slice(), next: taps.next.slice() };
  for (let pixel = 0; pixel < within.at.length; pixel += 1) {
    const at = within.at[pixel]!;
    if (at >= 0 && at < last) continue;
    within.at[pixel] = at < 0 ? 0 : last;
    within.here[pixel] = 1 << WEIGHT_BITS;
    within.next[pixel] = 0;
  }
  return within;
}

/** One source row at the target's width, times 2048. Returns the row. */
function widen({ width, rgb }: Drawing, row: number, taps: Taps, values: Int32Array): number {
  const start = row * width * 3;
  for (let pixel = 0, to = 0; pixel < taps.at.length; pixel += 1, to += 3) {
    const from = start + taps.at[pixel]! * 3;
    const here = taps.here[pixel]!;
    const next = taps.next[pixel]!;
    // At the right border `next` is 0 and the pixel after it of no account.
    const after = next === 0 ? from : from + 3;
    values[to] = rgb[from]! * here + rgb[after]! * next;
    values[to + 1] = rgb[from + 1]! * here + rgb[after + 1]! * next;
    values[to + 2] = rgb[from + 2]! * here + rgb[after + 2]! * next;
  }
  return row;
}
