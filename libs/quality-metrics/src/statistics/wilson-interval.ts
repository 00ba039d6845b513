import { normalQuantile } from './normal-distribution.ts';

/** A share with the interval that it may truly lie in. */
export interface Proportion {
  count: number;
  of: number;
  /** 0–1 */
  share: number;
  /** Ends of the interval, 0–1. */
  low: number;
  high: number;
}

/**
 * The share of `count` in `of` with its score interval (Wilson, 1927), which also holds for few and for extreme counts. Null when
 * there is nothing to take a share of.
 */
export function wilsonInterval(count: number, of: number, level = 0.95): Proportion | null {
  if (of === 0) return null;
  if (!(count >= 0 && count <= of)) throw new RangeError(`${count} of ${of} is no share`);
  const z = normalQuantile(0.5 + level / 2);
  const share = count / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  // At the ends the formula gives exactly 0 and 1, but for rounding.
  return {
    count,
    of,
    share,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  };
}
