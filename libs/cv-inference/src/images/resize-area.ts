import type { Drawing, Size } from './drawing.ts';
import { averageBlocks, averageBlocksOf8 } from './average-blocks.ts';
import { interpolate } from './resize-linear.ts';
import { areaLikeTaps } from './taps.ts';
import { roundHalfEven } from './round-half-even.ts';

/**
 * Shrinks a picture by averaging areas: the same bytes as OpenCV's `resize` with `INTER_AREA`. Like there, it becomes
 * an interpolation as soon as one side has to grow.
 */
export function resizeArea(source: Drawing, target: Size): Drawing {
  if (source.width === target.width && source.height === target.height) return source;
  const x = factorOf(source.width, target.width);
  const y = factorOf(source.height, target.height);
  if (x.factor < 1 || y.factor < 1) {
    return interpolate(source, target, {
      x: areaLikeTaps(source.width, target.width),
      y: areaLikeTaps(source.height, target.height),
    });
  }
  if (x.whole !== undefined && y.whole !== undefined) {
    return x.whole === 8 && y.whole === 8 && source.rgb.byteOffset % 4 === 0
      ? averageBlocksOf8(source, target)
      : averageBlocks(source, target, { width: x.whole, height: y.whole });
  }
  return averageAreas(source, target, x.factor, y.factor);
}

function factorOf(source: number, target: number): { factor: number; whole: number | undefined } {
  // The reciprocal of the quotient, not the other quotient: OpenCV's last bit.
  const factor = 1 / (target / source);
  const nearest = roundHalfEven(factor);
  return { factor, whole: Math.abs(factor - nearest) < Number.EPSILON ? nearest : undefined };
}

/** Which source pixels make one target pixel: `count` from `first` on, with their shares from `offset` on. */
interface Shares {
  readonly first: Int32Array;
  readonly offset: Int32Array;
  readonly share: Float32Array;
}

/** A rest of a pixel smaller than this is ignored, as in OpenCV. */
const NEGLIGIBLE = 1e-3;

function sharesOf(source: number, target: number, factor: number): Shares {
  const first = new Int32Array(target);
  const offset = new Int32Array(target + 1);
  const share: number[] = [];
  for (let at = 0; at < target; at += 1) {
    const start = at * factor;
    const end = start + factor;
    const cell = Math.min(factor, source - start);
    const wholeEnd = Math.min(Math.floor(end), source - 1);
    const wholeStart = Math.min(Math.ceil(start), wholeEnd);
    const hasHead = wholeStart - start > NEGLIGIBLE;
    first[at] = hasHead ? wholeStart - 1 : wholeStart;
    if (hasHead) share.push((wholeStart - start) / cell);
    for (let pixel = wholeStart; pixel < wholeEnd; pixel += 1) share.push(1 / cell);
    if (end - wholeEnd > NEGLIGIBLE) share.push(Math.min(end - wholeEnd, 1, cell) / cell);
    offset[at + 1] = share.length;
  }
  return { first, offset, share: Float32Array.from(share) };
}

/** Sums in single precision and in OpenCV's order, so that the rounded bytes agree. */
function averageAreas(source: Drawing, { width, height }: Size, factorX: number, factorY: number): Drawing {
  const columns = sharesOf(source.width, width, factorX);
  const rows = sharesOf(source.height, height, factorY);
  const rgb = new Uint8Array(width * height * 3);
  const line = new Float32Array(width * 3);
  const sum = new Float32Array(width * 3);
  for (let y = 0; y < height; y += 1) {
    const start = rows.offset[y]!;
    const end = rows.offset[y + 1]!;
    for (let entry = start; entry < end; entry += 1) {
      averageLine(source.rgb, (rows.first[y]! + entry - start) * source.width * 3, columns, line);
      const share = rows.share[entry]!;
      if (entry === start) for (let at = 0; at < sum.length; at += 1) sum[at] = share * line[at]!;
      else for (let at = 0; at < sum.length; at += 1) sum[at] = sum[at]! + Math.fround(share * line[at]!);
    }
    const to = y * width * 3;
    for (let at = 0; at < sum.length; at += 1) rgb[to + at] = roundHalfEven(sum[at]!);
  }
  return { width, height, rgb };
}

function averageLine(
  rgb: Uint8Array,
  row: number,
  { first, offset, share }: Shares,
  line: Float32Array,
): void {
  const { fround } = Math;
  for (let x = 0, to = 0; x < first.length; x += 1, to += 3) {
    let from = row + first[x]! * 3;
    const end = offset[x + 1]!;
    let red = fround(0);
    let green = fround(0);
    let blue = fround(0);
    for (let entry = offset[x]!; entry < end; entry += 1, from += 3) {
      const part = share[entry]!;
      red = fround(red + fround(rgb[from]! * part));
      green = fround(green + fround(rgb[from + 1]! * part));
      blue = fround(blue + fround(rgb[from + 2]! * part));
    }
    line[to] = red;
    line[to + 1] = green;
    line[to + 2] = blue;
  }
}
