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

/** About a second and a half. */
const MAX_COMPARISONS = 2e7;

/**
 * The pairs of a training row and a row held back from training that are most alike. Every pair is looked at; where that would
 * be more than 20 million, the first held rows only.
 */
export function findNearestPairs(
  train: readonly RowIdentity[],
  held: readonly RowIdentity[],
  limit: number,
): NearestPairs {
  const compared = Math.min(held.length, Math.floor(MAX_COMPARISONS / Math.max(1, train.length)));
  const pairs: CrossingPair[] = [];
  for (const row of held.slice(0, compared)) {
    let nearest: CrossingPair | null = null;
    for (const other of train) {
      const similarity = similarityOf(other.signature, row.signature);
      const isSameStructure = other.structure === row.structure;
      if (nearest !== null && !isNearer(similarity, isSameStructure, nearest)) continue;
      nearest = { train: other.id, held: row.id, similarity, isSameStructure };
    }
    if (nearest !== null) pairs.push(nearest);
  }
  pairs.sort((a, b) => (isNearer(a.similarity, a.isSameStructure, b) ? -1 : 1));
  return { pairs: pairs.slice(0, limit), compared };
}

function isNearer(similarity: number, isSameStructure: boolean, than: CrossingPair): boolean {
  if (isSameStructure !== than.isSameStructure) return isSameStructure;
  return similarity > than.similarity;
}
