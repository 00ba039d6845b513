import type { FileEntry } from './manifest.ts';

/** What one side holds: SHA-256 by path. */
export type Hashes = ReadonlyMap<string, string>;

export interface TransferPlan {
  /** To be sent: new, or changed at the source only. */
  readonly send: readonly FileEntry[];
  /** Equal on both sides. */
  readonly same: readonly FileEntry[];
  /** Deleted at the source since both sides were equal, and unchanged at the target. */
  readonly remove: readonly string[];
  /** Changed at the target only: the newer ones lie there, they are for the way back. */
  readonly newer: readonly string[];
  /** Changed on both sides, each in its own way. */
  readonly conflicts: readonly string[];
}

/**
 * What one side needs to become like the other without losing anything, from what both held when they were last equal.
 *
 * @param base SHA-256 at the last time both sides were equal; a path unknown to it that differs is a conflict
 */
export function planTransfer(source: readonly FileEntry[], target: Hashes, base: Hashes): TransferPlan {
  const send: FileEntry[] = [];
  const same: FileEntry[] = [];
  const newer: string[] = [];
  const conflicts: string[] = [];
  for (const file of source) {
    const there = target.get(file.path);
    const before = base.get(file.path);
    if (there === file.sha256) same.push(file);
    else if (there === undefined || there === before) send.push(file);
    else if (file.sha256 === before) newer.push(file.path);
    else conflicts.push(file.path);
  }
  const atSource = new Set(source.map(({ path }) => path));
  const remove = [...base.keys()].filter(
    (path) => !atSource.has(path) && target.get(path) === base.get(path),
  );
  return { send, same, remove, newer, conflicts };
}
