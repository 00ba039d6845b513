import { createHash } from 'node:crypto';
import { openAtomicFile } from '@arae/progress';

/** What a file of lines holds. */
export interface WrittenLines {
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file, in hexadecimal digits. */
  readonly sha256: string;
}

/** Lines are handed to the file in pieces of about this many bytes. */
const PIECE = 1 << 16;
const NEWLINE = Buffer.from('\n');

/**
 * Writes lines, UTF-8, each ended with "\n", as they come, so their number does not matter for memory. The file appears under
 * its name when all lines are in it; when anything throws, the file that was there before stays and no temporary file is left.
 *
 * @param lines without their line breaks
 */
export async function writeLines(
  path: string,
  lines: AsyncIterable<string | Buffer> | Iterable<string | Buffer>,
): Promise<WrittenLines> {
  const file = await openAtomicFile(path);
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  try {
    let pending: Buffer[] = [];
    let size = 0;
    const flush = async () => {
      const piece = Buffer.concat(pending, size);
      pending = [];
      bytes += size;
      size = 0;
      hash.update(piece);
      await file.write(piece);
    };
    for await (const line of lines) {
      const buffer = typeof line === 'string' ? Buffer.from(line, 'utf8') : line;
      pending.push(buffer, NEWLINE);
      size += buffer.length + 1;
      rows++;
      if (size >= PIECE) await flush();
    }
    if (size > 0) await flush();
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
  return { rows, bytes, sha256: hash.digest('hex') };
}
