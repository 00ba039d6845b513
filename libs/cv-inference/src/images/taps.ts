import { roundHalfEven } from './round-half-even.ts';

/**
 * For every target pixel of one axis the source pixel `at` and the weights of it and of the next one, in 1/2048. `at`
 * may be -1, and `at + 1` beyond the end; the border pixel stands for what is missing.
 */
export interface Taps {
  readonly at: Int32Array;
  readonly here: Int32Array;
  readonly next: Int32Array;
}

export const WEIGHT_BITS = 11;

/** Between pixel centres, as OpenCV's `INTER_LINEAR`. */
export function linearTaps(source: number, target: number): Taps {
  const factor = 1 / (target / source);
  return tapsOf(target, (pixel) => {
    const centre = Math.fround((pixel + 0.5) * factor - 0.5);
    const at = Math.floor(centre);
    return { at, fraction: Math.fround(centre - at) };
  });
}

/** As OpenCV's `INTER_AREA` where it cannot average because a side grows: steps with a short ramp between them. */
export function areaLikeTaps(source: number, target: number): Taps {
  const inverse = target / source;
  const factor = 1 / inverse;
  return tapsOf(target, (pixel) => {
    const at = Math.floor(pixel * factor);
    const beyond = Math.fround(pixel + 1 - (at + 1) * inverse);
    return { at, fraction: beyond <= 0 ? 0 : Math.fround(beyond - Math.floor(beyond)) };
  });
}

function tapsOf(target: number, tapOf: (pixel: number) => { at: number; fraction: number }): Taps {
  const taps = { at: new Int32Array(target), here: new Int32Array(target), next: new Int32Array(target) };
  const one = 1 << WEIGHT_BITS;
  for (let pixel = 0; pixel < target; pixel += 1) {
    const { at, fraction } = tapOf(pixel);
    taps.at[pixel] = at;
    taps.here[pixel] = roundHalfEven(Math.fround(1 - fraction) * one);
    taps.next[pixel] = roundHalfEven(fraction * one);
  }
  return taps;
}
