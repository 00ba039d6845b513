import { createRandom, type Random } from '@arae/floorplan';

/** Draws of one plan: a source of random numbers with the few distributions that the generator needs. */
export interface Dice {
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** A number from `from` (included) to `to` (not included). */
  number(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each equally likely. */
  pick<const T>(items: readonly [T, ...T[]]): T;
  /** One of the values; the weights need not add up to 1. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T;
}

/** The dice of plan `index` of `seed`: neighbouring plans and neighbouring seeds share nothing. */
export function createDice(seed: number, index: number): Dice {
  return diceFrom(createRandom(mixed(mixed(seed, 0x9e3779b9), index)));
}

function diceFrom(random: Random): Dice {
  return {
    integer: (from, to) => from + random.integer(to - from + 1),
    number: (from, to) => from + random.fraction() * (to - from),
    chance: (probability) => random.fraction() < probability,
    pick: (items) => items[random.integer(items.length)] as (typeof items)[number],
    weighted(choices) {
      const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
      let rest = random.fraction() * total;
      for (const [value, weight] of choices) {
        rest -= weight;
        if (rest < 0) return value;
      }
      throw new RangeError('no choice has a weight');
    },
  };
}

/** Both numbers stirred into one 32-bit whole number (the finaliser of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = (a ^ Math.imul(b, 0x85ebca6b)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
