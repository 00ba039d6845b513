import { toJsonLine } from './to-json-line.ts';
import { writeLines, type WrittenLines } from './write-lines.ts';

/** Writes one row per line as compact JSON, as `writeLines` writes lines: in pieces, and the whole file or nothing. */
export async function writeJsonLines(
  path: string,
  rows: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<WrittenLines> {
  return writeLines(path, jsonLines(rows));
}

async function* jsonLines(rows: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield toJsonLine(row);
}
