export interface Stratum {
  readonly name: string;
  /** Drawings in the group, after extreme sizes were dropped. */
  readonly available: number;
  /** The floor of the group's proportional share of the sample. */
  readonly quota: number;
  /** Drawings taken from it: the quota and what it gives to the remainder. */
  readonly taken: number;
}

/**
 * Shares the sample among the groups: each gets the floor of its proportional share; what the floors leave over comes from
 * the largest group (of equal ones the first by name) until that is exhausted, then from the next.
 * @param sizes group name → number of drawings
 * @param sampleSize at most the sum of the sizes
 * @returns one stratum per group, sorted by name; the sum of `taken` is `sampleSize`
 */
export function allocateQuotas(sizes: Iterable<readonly [string, number]>, sampleSize: number): Stratum[] {
  const groups = [...sizes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const total = groups.reduce((sum, [, size]) => sum + size, 0);
  const strata = groups.map(([name, available]) => {
    const share = sampleSize * available;
    // Whole numbers below 2⁵³ throughout: an exact floor, without the rounding of a quotient.
    const quota = total === 0 ? 0 : (share - (share % total)) / total;
    return { name, available, quota, taken: quota };
  });
  let rest = strata.reduce((left, stratum) => left - stratum.taken, sampleSize);
  // The sort is stable, so equal groups stay in the order of their names.
  for (const stratum of strata.toSorted((a, b) => b.available - a.available)) {
    const extra = Math.min(rest, stratum.available - stratum.taken);
    stratum.taken += extra;
    rest -= extra;
  }
  return strata;
}
