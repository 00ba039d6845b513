import { openAtomicFile } from '@arae/progress';
import { toJsonLine } from './to-json-line.ts';

/** Lines are handed to the file in pieces of about this many characters. */
const PIECE = 1 << 16;

/**
 * Writes one row per line, UTF-8, each line ended with "\n". Rows are written as they come, so their number does not
 * matter for memory. The file appears under its name when all rows are in it; when anything throws, the file that was there
 * before stays and no temporary file is left.
 * @returns how many rows and bytes the file has
 */
export async function writeJsonLines(
  path: string,
  rows: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<{ rows: number; bytes: number }> {
  const file = await openAtomicFile(path);
  let count = 0;
  let bytes = 0;
  try {
    let pending = '';
    const flush = async () => {
      const chunk = Buffer.from(pending, 'utf8');
      pending = '';
      bytes += chunk.length;
      await file.write(chunk);
    };
    for await (const row of rows) {
      pending += `${toJsonLine(row)}\n`;
      count++;
      if (pending.length >= PIECE) await flush();
    }
    if (pending !== '') await flush();
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
  return { rows: count, bytes };
}
