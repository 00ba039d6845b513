import { normalCdf, normalQuantile } from './normal-distribution.ts';

/** A mean with the interval that the true one may lie in. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
}

/**
 * The bias-corrected and accelerated bootstrap interval of a mean (Efron, Better Bootstrap Confidence Intervals, 1987). Unlike the
 * plain percentiles of the rounds it follows the skew of the values: few labels that fail and many that do well.
 *
 * The rounds come out narrower than the truth by √((n−1)/n), as they spread like the items at hand, and are stretched by that.
 *
 * @param values item by item, at least one
 * @param means of resampled items, as `resampleMeans` gives them (or the differences of two such series)
 * @param level 0–1
 */
export function bcaInterval(values: readonly number[], means: Float64Array, level = 0.95): Interval {
  const items = values.length;
  if (items === 0) throw new RangeError('there is no interval without values');
  const mean = values.reduce((sum, value) => sum + value, 0) / items;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  // All alike, but for rounding: nothing varies.
  if (items === 1 || squares <= items * (1e-12 * Math.max(1, Math.abs(mean))) ** 2) {
    return { mean, low: mean, high: mean };
  }
  const sorted = means.toSorted();
  const bias = normalQuantile(shareBelow(sorted, mean));
  const acceleration = cubes / (6 * squares ** 1.5);
  const end = (probability: number) => {
    const z = bias + normalQuantile(probability);
    const corrected = bias + z / (1 - acceleration * z);
    const found = quantileOf(sorted, normalCdf(corrected));
    return mean + (found - mean) * Math.sqrt(items / (items - 1));
  };
  return { mean, low: end((1 - level) / 2), high: end((1 + level) / 2) };
}

/** Means that equal the value count half: with few distinct values there are many of them. */
function shareBelow(sorted: Float64Array, value: number): number {
  const slack = 1e-12 * Math.max(1, Math.abs(value));
  let below = 0;
  for (const mean of sorted) {
    if (mean < value - slack) below++;
    else if (mean <= value + slack) below += 0.5;
    else break;
  }
  // Neither 0 nor 1, where the correction would be infinite.
  return Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length;
}

function quantileOf(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const before = Math.floor(position);
  const low = sorted[before] as number;
  const high = sorted[Math.min(before + 1, sorted.length - 1)] as number;
  return low + (position - before) * (high - low);
}
