import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number n with 0 ≤ n < bound, uniformly; `bound` is a whole number from 1 to 2³¹. */
  integer(bound: number): number;
  /** A number x with 0 ≤ x < 1, in steps of 2⁻³¹. */
  fraction(): number;
}

const STEPS = 2 ** 31;

/**
 * @param seed any 32-bit whole number
 * @throws RangeError when the seed is not a whole number
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`the seed must be a whole number, not ${seed}`);
  const generator = xoroshiro128plus(seed);
  // Neighbouring seeds start with similar states: let the generator run apart before anything is drawn.
  for (let i = 0; i < 20; i++) generator.next();
  return {
    integer(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > STEPS) {
        throw new RangeError(`the bound must be a whole number from 1 to ${STEPS}, not ${bound}`);
      }
      return uniformInt(generator, 0, bound - 1);
    },
    fraction: () => uniformInt(generator, 0, STEPS - 1) / STEPS,
  };
}
