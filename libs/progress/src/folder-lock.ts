import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';
import { isProcessAlive, processStartTime } from './is-process-alive.ts';
import { readTextFile } from './read-text-file.ts';

export interface LockHolder {
  /** What the holder writes, for instance `phase3-openai`. */
  scope: string;
  pid: number;
  /** Tells the process from a later one of the same number; null where the system does not say. */
  startTime: string | null;
  host: string;
  /** ISO time. */
  since: string;
  /** The command line's own words, without paths of programs. */
  command: string;
}

/** Somebody else writes in the folder. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly holder: LockHolder;
  readonly path: string;

  constructor(holder: LockHolder, path: string) {
    const where =
      holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`;
    super(
      `the data folder is in use by "${holder.command}" (${where}, since ${holder.since}): wait for it, or, if it is gone, delete ${path}`,
    );
    this.holder = holder;
    this.path = path;
  }
}

export interface FolderLock {
  release(): Promise<void>;
}

/** The lock files of this very process, whose number alone would not tell a second holder from a forgotten file. */
const heldHere = new Set<string>();

export interface FolderLockOptions {
  /** What this run writes. */
  scope: string;
  /** Scopes of other runs that may work beside this one, for instance the other teacher. */
  compatible?: (otherScope: string) => boolean;
  command: string;
  now: () => Date;
}

/**
 * Locks a folder against other runs by a file in `{folder}/.locks`.
 *
 * The lock of a process that is gone is removed. A run first leaves its own lock and then looks for others, so two that start
 * at the same moment may both give way, but never both go ahead.
 *
 * @throws FolderLockedError when another run holds the folder.
 */
export async function acquireFolderLock(folder: string, options: FolderLockOptions): Promise<FolderLock> {
  const locks = resolve(folder, '.locks');
  await mkdir(locks, { recursive: true });
  const own: LockHolder = {
    scope: options.scope,
    pid: process.pid,
    startTime: processStartTime(process.pid),
    host: hostname(),
    since: options.now().toISOString(),
    command: options.command,
  };
  const ownName = `${options.scope}.${process.pid}.json`;
  const ownPath = join(locks, ownName);
  // A file that is there already is of an earlier process of the same number, unless it is held here or by another machine.
  const earlier = await readHolder(ownPath);
  if (heldHere.has(ownPath) || (earlier !== null && earlier.host !== own.host)) {
    throw new FolderLockedError(earlier ?? own, ownPath);
  }
  heldHere.add(ownPath);
  const release = async () => {
    await rm(ownPath, { force: true });
    heldHere.delete(ownPath);
  };
  try {
    // Beside its place first: a link that lies there is replaced, not written through.
    await writeFileAtomic(ownPath, JSON.stringify(own));
    for (const name of await readdir(locks)) {
      if (name === ownName) continue;
      const path = join(locks, name);
      const holder = await readHolder(path);
      if (holder === null) continue;
      if (holder.host === own.host && !isStillRunning(holder)) {
        await rm(path, { force: true });
      } else if (options.compatible?.(holder.scope) !== true) {
        throw new FolderLockedError(holder, path);
      }
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

function isStillRunning({ pid, startTime }: LockHolder): boolean {
  return isProcessAlive(pid) && (startTime === null || processStartTime(pid) === startTime);
}

/** A lock file is a few hundred bytes. */
const MAX_LOCK_BYTES = 64 * 1024;

/** Null when the lock has just been released, or is not readable as one. */
async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    const value = JSON.parse(
      await readTextFile(path, { maxBytes: MAX_LOCK_BYTES }),
    ) as Partial<LockHolder> | null;
    const { scope, pid, startTime = null, host, since, command } = value ?? {};
    if (![scope, host, since, command].every((text) => typeof text === 'string')) return null;
    if (!Number.isInteger(pid) || (startTime !== null && typeof startTime !== 'string')) return null;
    return { ...value, startTime, command: command!.replaceAll(/\s+/g, ' ') } as LockHolder;
  } catch {
    return null;
  }
}
