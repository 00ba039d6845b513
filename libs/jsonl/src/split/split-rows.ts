import { createRandom, shuffled } from '@arae/floorplan';
import { JsonlError } from '../jsonl-error.ts';

export interface SplitOptions {
  /** Any 32-bit whole number. Default 42. */
  readonly seed?: number;
  /** Share of the rows to validate with, 0 ≤ share < 1. Default 0.1. */
  readonly valRatio?: number;
  /** Share of the rows to test with, 0 ≤ share < 1. Default 0. */
  readonly testRatio?: number;
}

/** Three disjoint lists that hold every id once, each in shuffled order. */
export interface Split {
  readonly train: string[];
  readonly val: string[];
  readonly test: string[];
}

/**
 * Shuffles the ids and cuts them up. The result follows from the set of ids and the seed; their order does not matter.
 * A share that is not 0 gets round(n × share) ids, at least 1, as long as one is left for `train`: a single id is always
 * trained with. `val` is cut off first, so it stays the same when `testRatio` changes.
 * @throws JsonlError `duplicate-ids` (a row in two parts would leak), `bad-option`
 */
export function splitRows(ids: readonly string[], options: SplitOptions = {}): Split {
  const { seed, valRatio, testRatio } = mustBeSplittable(ids, options);
  const sorted = ids.toSorted();
  const order = shuffled(sorted, createRandom(seed));
  const valCount = countOf(valRatio, order.length, order.length - 1);
  const testCount = countOf(testRatio, order.length, order.length - valCount - 1);
  return {
    train: order.slice(valCount + testCount),
    val: order.slice(0, valCount),
    test: order.slice(valCount, valCount + testCount),
  };
}

/** The options with their defaults. @throws JsonlError as `splitRows` */
export function mustBeSplittable(ids: readonly string[], options: SplitOptions): Required<SplitOptions> {
  const { seed = 42, valRatio = 0.1, testRatio = 0 } = options;
  mustBeShare('valRatio', valRatio);
  mustBeShare('testRatio', testRatio);
  mustBeShare('valRatio + testRatio', valRatio + testRatio);
  if (!Number.isInteger(seed)) {
    throw new JsonlError(`seed is ${seed}: use a whole number`, { code: 'bad-option' });
  }
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) {
    throw new JsonlError(`the id "${twice}" comes more than once: give each row once`, {
      code: 'duplicate-ids',
    });
  }
  return { seed, valRatio, testRatio };
}

/** Rows that a share comes to: at least 1 unless the share is 0, at most `most`. */
export function countOf(share: number, rows: number, most: number): number {
  if (share === 0) return 0;
  return Math.max(0, Math.min(most, Math.max(1, Math.round(rows * share))));
}

function mustBeShare(option: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new JsonlError(`${option} is ${value}: use a share from 0 to below 1, for instance 0.1`, {
    code: 'bad-option',
  });
}
