import { createHash } from 'node:crypto';
import { createRandom } from '@arae/floorplan';
import type { Random } from '@arae/floorplan';

/** A source of random numbers that depends on the seed and the purpose alone, not on what was drawn before elsewhere. */
export function randomFor(seed: number, ...purpose: readonly (string | number)[]): Random {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...purpose]))
    .digest();
  return createRandom(digest.readInt32BE(0));
}
