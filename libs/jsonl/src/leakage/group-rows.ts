import { findNearPairs } from './near-pairs.ts';

/** What decides whether rows belong together. */
export interface RowIdentity {
  readonly id: string;
  /** Rows of equal structure belong together (`structureKey` of their graphs). */
  readonly structure: string;
  /** Rows of nearly the same text belong together (`minHash` of their texts). */
  readonly signature: Int16Array;
}

/**
 * Puts rows into groups that must not be torn apart by a split: rows of the same structure, rows whose texts are as similar as
 * `threshold` or more, and what is connected by such rows.
 *
 * @param threshold 0 to 1
 * @returns the ids of each group; groups and ids sorted, so the order of the rows does not matter
 */
export function groupRows(rows: readonly RowIdentity[], threshold: number): string[][] {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const parents = Int32Array.from(sorted, (_, index) => index);
  const find = (row: number): number => {
    let root = row;
    while (parents[root] !== root) root = parents[root]!;
    while (parents[row] !== root) [row, parents[row]] = [parents[row]!, root];
    return root;
  };
  const join = (first: number, second: number) => {
    const [a, b] = [find(first), find(second)];
    parents[Math.max(a, b)] = Math.min(a, b);
  };
  const firstOf = new Map<string, number>();
  for (const [row, { structure }] of sorted.entries()) {
    const first = firstOf.get(structure);
    if (first === undefined) firstOf.set(structure, row);
    else join(first, row);
  }
  const signatures = sorted.map(({ signature }) => signature);
  findNearPairs(signatures, threshold, join, (first, second) => find(first) === find(second));

  const groups = new Map<number, string[]>();
  for (const [row, { id }] of sorted.entries()) {
    const root = find(row);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [id]);
    else group.push(id);
  }
  return [...groups.values()];
}
