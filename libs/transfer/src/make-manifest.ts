import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HashCache } from './hash-cache.ts';
import { listFolder, type ListedFile } from './list-folder.ts';
import type { FileEntry, Manifest } from './manifest.ts';

export interface ManifestOptions {
  /** Which paths belong to it; asked for folders too. Default: all. */
  readonly include?: (path: string) => boolean;
  /** Hashes of an earlier time; new ones are put in. */
  readonly cache?: HashCache;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Called for each file; `bytes` is its size. */
  readonly onFile?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Files read at the same time. */
const READERS = 8;
/** Files up to this size are read at once, in bytes. */
const WHOLE_BYTES = 4 * 2 ** 20;
/** Bytes that are hashed without a pause. */
const PAUSE_BYTES = 32 * 2 ** 20;

/**
 * Lists a folder with sizes and SHA-256. What vanishes while it is read is left out.
 *
 * @throws TransferError `bad-path` for a name that cannot be sent
 */
export async function makeManifest(root: string, options: ManifestOptions = {}): Promise<Manifest> {
  const { include, cache = new HashCache(), now = Date.now, onFile, signal } = options;
  const listed = await listFolder(root, include);
  const entries: FileEntry[] = [];
  let next = 0;
  let unpaused = 0;

  async function read(): Promise<void> {
    for (let file = listed[next++]; file !== undefined; file = listed[next++]) {
      signal?.throwIfAborted();
      const sha256 = cache.find(file.path, file) ?? (await hashListed(root, file, cache, now));
      if (sha256 === undefined) continue;
      entries.push({ path: file.path, size: file.size, mtime: Math.floor(file.mtimeMs / 1000), sha256 });
      onFile?.(file.size);
      // So that others get their turn, and an abort is seen.
      if ((unpaused += file.size) > PAUSE_BYTES) {
        unpaused = 0;
        await setImmediate();
      }
    }
  }

  await Promise.all(Array.from({ length: READERS }, read));
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Undefined when the file is gone. */
async function hashListed(
  root: string,
  file: ListedFile,
  cache: HashCache,
  now: () => number,
): Promise<string | undefined> {
  const readAtMs = now();
  try {
    const sha256 = await hashFile(join(root, file.path), file.size);
    cache.keep(file.path, file, sha256, readAtMs);
    return sha256;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** SHA-256 of a file, hexadecimal. */
export async function hashFile(path: string, size = Infinity): Promise<string> {
  // One call of the system costs a small file far less than a way through the pool of threads.
  if (size <= WHOLE_BYTES) return hash('sha256', readFileSync(path));
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 }))
    digest.update(chunk as Buffer);
  return digest.digest('hex');
}
