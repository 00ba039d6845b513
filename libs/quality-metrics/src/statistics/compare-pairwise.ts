import type { Random } from '@arae/floorplan';
import { bcaInterval } from './bca-interval.ts';
import type { Interval } from './bca-interval.ts';
import { itemsNeeded } from './items-needed.ts';
import { resampleMeans } from './resample-means.ts';

/** Values of one teacher, item by item; the items are the same for all. */
export interface Series {
  name: string;
  values: readonly number[];
}

export interface PairDifference extends Interval {
  first: string;
  second: string;
  /** On which side of the threshold the difference lies: within it, beyond it, or not to be told from these items. */
  verdict: 'within' | 'beyond' | 'open';
  /** Further items that would tell, with a probability of 80 %, if mean and spread stay; null when told, or when none would do. */
  furtherItems: number | null;
}

export interface Comparison {
  /** Mean of each series with its interval. */
  means: Map<string, Interval>;
  /** first − second, for every pair in the order of the series. */
  differences: PairDifference[];
}

/** Rounds of the bootstrap: the ends of an interval then vary by about 3 % of its width. */
export const BOOTSTRAP_ROUNDS = 2000;

/** Paired bootstrap of several teachers over the same items: intervals of their means and of all differences. */
export function comparePairwise(
  series: readonly Series[],
  { threshold, random, rounds = BOOTSTRAP_ROUNDS }: { threshold: number; random: Random; rounds?: number },
): Comparison {
  if (series.length === 0 || series[0]?.values.length === 0) return { means: new Map(), differences: [] };
  const resampled = resampleMeans(
    series.map(({ values }) => values),
    rounds,
    random,
  );
  const means = new Map(
    series.map(({ name, values }, index) => [name, bcaInterval(values, resampled[index] as Float64Array)]),
  );
  const differences: PairDifference[] = [];
  for (const [i, first] of series.entries()) {
    for (const [offset, second] of series.slice(i + 1).entries()) {
      const others = resampled[i + 1 + offset] as Float64Array;
      const values = first.values.map((value, item) => value - (second.values[item] as number));
      const interval = bcaInterval(
        values,
        (resampled[i] as Float64Array).map((mean, round) => mean - (others[round] as number)),
      );
      differences.push({
        first: first.name,
        second: second.name,
        ...interval,
        ...against(threshold, interval, values),
      });
    }
  }
  return { means, differences };
}

function against(
  threshold: number,
  { mean, low, high }: Interval,
  values: readonly number[],
): Pick<PairDifference, 'verdict' | 'furtherItems'> {
  if (low >= -threshold && high <= threshold) return { verdict: 'within', furtherItems: null };
  if (low > threshold || high < -threshold) return { verdict: 'beyond', furtherItems: null };
  const needed = itemsNeeded(values, Math.abs(Math.abs(mean) - threshold));
  return {
    verdict: 'open',
    // Where the estimate says that these should have done, at least one more is needed.
    furtherItems: needed === null ? null : Math.max(1, needed - values.length),
  };
}
