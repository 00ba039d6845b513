import { normalQuantile } from './normal-distribution.ts';

const LEVEL = 0.95;
const POWER = 0.8;

/**
 * Items after which the interval of a mean would exclude a value that lies `distance` away, with a probability of 80 %:
 * n = ((z₀.₉₇₅ + z₀.₈) · s / distance)², s being the standard deviation of the values at hand. Null when no number would do.
 */
export function itemsNeeded(values: readonly number[], distance: number): number | null {
  if (values.length < 2 || !(distance > 1e-9)) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const z = normalQuantile(0.5 + LEVEL / 2) + normalQuantile(POWER);
  return Math.ceil((z * z * variance) / (distance * distance));
}
