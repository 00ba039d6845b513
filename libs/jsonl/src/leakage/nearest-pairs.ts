import { similarityOf } from './min-hash.ts';
import type { RowIdentity } from './group-rows.ts';

/** A pair of rows on different sides of a split. */
export interface CrossingPair {
  readonly train: string;
  readonly held: string;
  /** Share of their texts that they have in common, 0 to 1, estimated. */
  readonly similarity: number;
  readonly isSameStructure: boolean;
}

export interface NearestPairs {
  /** The most similar pairs first, each held row at most once. */
  readonly pairs: readonly CrossingPair[];
  /** Held rows that were compared with all rows of training. */
  readonly compared: number;
}

/** About a second. */
const MAX_COMPARISONS = 2e6;

/**
 * The pairs of a training row and a row held back from training that are most alike. Every pair is looked at; where that would
 * be more than two million, the first held rows only.
 */
export function findNearestPairs(
  train: readonly RowIdentity[],
  held: readonly RowIdentity[],
  limit: number,
): NearestPairs {
  const compared = Math.min(held.length, Math.floor(MAX_COMPARISONS / Math.max(1, train.length)));
  // Strings would be compared millions of times.
  const numbers = new Map<string, number>();
  for (const { structure } of train) if (!numbers.has(structure)) numbers.set(structure, numbers.size);
  const structures = Int32Array.from(train, ({ structure }) => numbers.get(structure)!);
  const pairs: CrossingPair[] = [];
  for (const { id, structure, signature } of held.slice(0, compared)) {
    const own = numbers.get(structure) ?? -1;
    let nearest = { row: -1, similarity: -1, isSameStructure: false };
    for (const [row, other] of train.entries()) {
      const isSameStructure = structures[row] === own;
      if (!isSameStructure && nearest.isSameStructure) continue;
      const similarity = similarityOf(other.signature, signature);
      if (isNearer(similarity, isSameStructure, nearest)) nearest = { row, similarity, isSameStructure };
    }
    const { row, ...found } = nearest;
    if (row >= 0) pairs.push({ train: train[row]!.id, held: id, ...found });
  }
  pairs.sort((a, b) => (isNearer(a.similarity, a.isSameStructure, b) ? -1 : 1));
  return { pairs: pairs.slice(0, limit), compared };
}

function isNearer(
  similarity: number,
  isSameStructure: boolean,
  than: Pick<CrossingPair, 'similarity' | 'isSameStructure'>,
): boolean {
  if (isSameStructure !== than.isSameStructure) return isSameStructure;
  return similarity > than.similarity;
}
