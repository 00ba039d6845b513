import { createHash } from 'node:crypto';
import { createRandom, shuffled } from '@arae/floorplan';

/** One time that a drawing is shown to a reviewer. */
export interface Showing {
  readonly stem: string;
  /** 0: the first showing; 1: the second, which measures the reviewer. */
  readonly repeat: 0 | 1;
  /** The second teacher's analysis stands on the left. */
  readonly isSwapped: boolean;
}

export interface PlanShowingsParams {
  readonly stems: readonly string[];
  readonly reviewer: string;
  readonly seed: number;
  /** Share of the drawings that come twice, 0 to 1. */
  readonly repeatShare: number;
}

/** Drawings between the two showings of one where there are enough. */
const APART = 12;

/**
 * What a reviewer is shown, in order: the same whenever it is asked for. All reviewers see the drawings in one order, so that
 * what two of them did overlaps; sides and repetitions are each reviewer's own. A drawing that comes again has its
 * sides turned.
 */
export function planShowings({ stems, reviewer, seed, repeatShare }: PlanShowingsParams): Showing[] {
  const order = shuffled([...stems].sort(), createRandom(seed));
  const own = createRandom(ownSeed(seed, reviewer));
  const first = order.map((stem): Showing => ({ stem, repeat: 0, isSwapped: own.integer(2) === 1 }));
  const repeats = Math.round(order.length * repeatShare);
  const again = shuffled([...order.keys()], own).slice(0, repeats);
  const apart = Math.min(APART, Math.floor(order.length / 2));
  const second = again.map((index) => {
    const { stem, isSwapped } = first[index]!;
    const from = Math.min(index + apart, order.length);
    const place = from + own.integer(order.length - from + 1);
    return { place, showing: { stem, repeat: 1, isSwapped: !isSwapped } satisfies Showing };
  });
  return [...first, null].flatMap((showing, place) => [
    ...second.filter((item) => item.place === place).map((item) => item.showing),
    ...(showing === null ? [] : [showing]),
  ]);
}

function ownSeed(seed: number, reviewer: string): number {
  return createHash('sha256')
    .update(JSON.stringify([seed, reviewer]))
    .digest()
    .readInt32LE();
}
