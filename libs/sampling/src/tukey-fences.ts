/** Sizes from `lower` to `upper`, both included, are kept. All numbers are bytes. */
export interface TukeyFences {
  readonly lower: number;
  readonly upper: number;
  readonly firstQuartile: number;
  readonly thirdQuartile: number;
  /** True when the quartiles lie so close together that a spread of 5 % of the median was used in their place. */
  readonly widened: boolean;
}

const REACH = 1.5;

/**
 * The smallest spread, as a share of the median, that is taken for the distance of the quartiles. Without it a folder of
 * nearly equal files, whose quartiles may be the very same number, would lose every file that differs by a byte.
 */
const LEAST_SPREAD = 0.05;

/**
 * Fences 1.5 interquartile ranges outside the quartiles. Quartiles are interpolated linearly between the sorted sizes
 * (Hyndman and Fan's type 7, what NumPy, R and spreadsheets do by default).
 * @param sizes finite numbers, at least one; not changed
 */
export function tukeyFences(sizes: Float64Array): TukeyFences {
  const sorted = sizes.toSorted();
  const firstQuartile = quantile(sorted, 0.25);
  const thirdQuartile = quantile(sorted, 0.75);
  const range = thirdQuartile - firstQuartile;
  const leastRange = quantile(sorted, 0.5) * LEAST_SPREAD;
  const reach = REACH * Math.max(range, leastRange);
  return {
    lower: firstQuartile - reach,
    upper: thirdQuartile + reach,
    firstQuartile,
    thirdQuartile,
    widened: range < leastRange,
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}
