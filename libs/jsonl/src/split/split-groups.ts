import { createRandom, shuffled } from '@arae/floorplan';
import { JsonlError } from '../jsonl-error.ts';
import { countOf, mustBeSplittable } from './split-rows.ts';
import type { Split, SplitOptions } from './split-rows.ts';

/**
 * Splits groups of ids so that no group is torn apart. The shares are met as nearly as whole groups allow: groups are
 * taken in shuffled order, one that is larger than what is still wanted is passed over. With groups of one id each the result is
 * that of `splitRows`.
 *
 * @throws JsonlError `duplicate-ids`, `bad-option`, and `one-group` when a share is wanted and nothing would be left for `train`
 */
export function splitGroups(groups: readonly (readonly string[])[], options: SplitOptions = {}): Split {
  const ids = groups.flat();
  const { seed, valRatio, testRatio } = mustBeSplittable(ids, options);
  if (groups.length < 2 && ids.length > 1 && valRatio + testRatio > 0) {
    throw new JsonlError(
      `all ${ids.length} rows are equal or nearly equal, so none can be held back without its like in training: add other drawings, or split at random`,
      { code: 'one-group' },
    );
  }
  const sorted = groups.map((group) => group.toSorted()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  let open = shuffled(sorted, createRandom(seed));
  const take = (wanted: number): string[] => {
    const { taken, left } = fill(open, wanted);
    open = left;
    return taken.flat();
  };
  const valCount = countOf(valRatio, ids.length, ids.length - 1);
  const val = take(valCount);
  const test = take(countOf(testRatio, ids.length, ids.length - val.length - 1));
  return { train: open.flat(), val, test };
}

/** Takes groups until the wanted number of ids is reached as nearly as can be; always leaves a group. */
function fill(groups: readonly string[][], wanted: number): { taken: readonly string[][]; left: string[][] } {
  const taken: string[][] = [];
  const left: string[][] = [];
  let missing = wanted;
  for (const [index, group] of groups.entries()) {
    const isLast = index === groups.length - 1 && left.length === 0;
    if (group.length <= missing && !isLast) {
      taken.push(group);
      missing -= group.length;
    } else left.push(group);
  }
  // All that is left is larger than what is missing: one more if that comes nearer, or if there would be nothing at all.
  const smallest = left.reduce<string[] | null>((a, b) => (a === null || b.length < a.length ? b : a), null);
  const isNearer = smallest !== null && smallest.length < 2 * missing;
  if (smallest !== null && left.length > 1 && missing > 0 && (isNearer || taken.length === 0)) {
    return { taken: [...taken, smallest], left: left.filter((group) => group !== smallest) };
  }
  return { taken, left };
}
