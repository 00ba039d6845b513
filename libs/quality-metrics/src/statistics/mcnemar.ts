export interface McNemar {
  /** Items that only the first passed. */
  onlyFirst: number;
  /** Items that only the second passed. */
  onlySecond: number;
  /** Two-sided: how likely so lopsided a split, or a more lopsided one, is when both pass equally often. */
  pValue: number;
}

/**
 * McNemar's test for two teachers that pass or fail on the same items, in its exact form: items on which both did the same say
 * nothing, the others split like tosses of a coin when nobody is better.
 *
 * @param passes for each item whether the first and whether the second passed
 */
export function mcNemar(passes: Iterable<readonly [first: boolean, second: boolean]>): McNemar {
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const [first, second] of passes) {
    if (first && !second) onlyFirst++;
    if (second && !first) onlySecond++;
  }
  return { onlyFirst, onlySecond, pValue: twoSidedBinomial(onlyFirst, onlySecond) };
}

/** 2 · Σ C(n, k) / 2ⁿ up to the smaller count, at most 1. In logarithms, since 2ⁿ is beyond doubles from n = 1024. */
function twoSidedBinomial(a: number, b: number): number {
  const n = a + b;
  let logTerm = -n * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= Math.min(a, b); k++) {
    logTerm += Math.log(n - k + 1) - Math.log(k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, 2 * sum);
}
