import { readTextFile, writeFileAtomic } from '@arae/progress';

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly sha256: string;
}

type FileTimes = Pick<Known, 'size' | 'mtimeMs' | 'ctimeMs'>;

/** A change this close to the reading may be followed by another that the file's times do not tell, in ms. */
const UNSURE_MS = 2000;

/** Remembers the SHA-256 of files whose size and times have not changed since. */
export class HashCache {
  readonly #known: Map<string, Known>;

  constructor(known: Iterable<[string, Known]> = []) {
    this.#known = new Map(known);
  }

  find(path: string, times: FileTimes): string | undefined {
    const known = this.#known.get(path);
    return known?.size === times.size && known.mtimeMs === times.mtimeMs && known.ctimeMs === times.ctimeMs
      ? known.sha256
      : undefined;
  }

  /** @param readAtMs when reading the file began, milliseconds since 1970 */
  keep(path: string, { size, mtimeMs, ctimeMs }: FileTimes, sha256: string, readAtMs: number): void {
    if (readAtMs - Math.max(mtimeMs, ctimeMs) < UNSURE_MS) this.#known.delete(path);
    else this.#known.set(path, { size, mtimeMs, ctimeMs, sha256 });
  }

  /** Forgets all but these. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }

  async save(file: string): Promise<void> {
    await writeFileAtomic(file, JSON.stringify([...this.#known]));
  }
}

/** Hundreds of thousands of files. */
const MAX_BYTES = 512 * 1024 ** 2;

/** An empty cache where there is no readable file: hashing anew is all that it costs. */
export async function loadHashCache(file: string): Promise<HashCache> {
  try {
    return new HashCache(JSON.parse(await readTextFile(file, { maxBytes: MAX_BYTES })) as [string, Known][]);
  } catch {
    return new HashCache();
  }
}
