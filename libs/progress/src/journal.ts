import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * An append-only file of JSON lines. What `append` has acknowledged is on the disk, whatever happens next.
 *
 * Lines that are appended while the disk is busy are written and synced together, so that many parallel writers pay for few
 * syncs.
 */
export interface Journal {
  /** Resolves when the record is on the disk (fsync). Records appear in the order of the calls. */
  append(record: object): Promise<void>;
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>;
}

interface PendingLine {
  line: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Opens a journal for appending; folder and file are made as needed, nothing that is there is ever changed. */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'a+');
  await endTornLine(handle);

  let pending: PendingLine[] = [];
  let draining: Promise<void> | null = null;
  let mayBeTorn = false;

  async function drain(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      try {
        // Behind a write that failed, on a full disk for instance, may stand a part of a line: end it, readers skip blank ones.
        const start = mayBeTorn ? '\n' : '';
        mayBeTorn = true;
        await handle.appendFile(start + batch.map(({ line }) => line).join(''));
        mayBeTorn = false;
        await handle.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    draining = null;
  }

  return {
    append(record) {
      return new Promise((resolve, reject) => {
        pending.push({ line: `${JSON.stringify(record)}\n`, resolve, reject });
        draining ??= drain();
      });
    },
    async close() {
      await draining;
      await handle.close();
    },
  };
}

/**
 * A process killed while writing may leave a last line without its end. Closing that line keeps the next record apart from it;
 * the torn one was never acknowledged and is reported by {@link readJournal}.
 */
async function endTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  if (last.toString() !== '\n') await handle.appendFile('\n');
}

export type JournalLine =
  | { lineNumber: number; record: Record<string, unknown> }
  /** A line that is no JSON object: torn by a kill, or damaged. */
  | { lineNumber: number; damaged: string };

/** Characters of the longest line that is read. An answer, the longest record, has far less. */
export const MAX_JOURNAL_LINE = 64 * 1024 ** 2;
/** Characters of a longer line that are shown. */
const SHOWN_OF_LONG_LINE = 200;

/**
 * Reads a journal line by line, in constant memory. A file that is not there is an empty journal; of a line longer than
 * {@link MAX_JOURNAL_LINE} the beginning is reported as damaged.
 */
export async function* readJournal(path: string): AsyncGenerator<JournalLine> {
  let lineNumber = 0;
  try {
    for await (const line of linesOf(path)) {
      lineNumber++;
      if (line.trim() === '') continue;
      yield { lineNumber, ...parseLine(line) };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Split at "\n" alone: `node:readline` would also split at U+2028, which JSON text may hold. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  const add = (part: string) => {
    length += part.length;
    // Of a line that is too long the beginning stays, and is no JSON.
    if (length <= MAX_JOURNAL_LINE) parts.push(part);
    else parts = [(parts[0] ?? part).slice(0, SHOWN_OF_LONG_LINE)];
  };
  const take = (): string => {
    const line = length <= MAX_JOURNAL_LINE ? parts.join('') : `${parts[0]}…`;
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    add(first);
    for (const other of others) {
      yield take();
      add(other);
    }
  }
  if (length > 0) yield take();
}

function parseLine(line: string): { record: Record<string, unknown> } | { damaged: string } {
  try {
    const record: unknown = JSON.parse(line);
    if (record !== null && typeof record === 'object' && !Array.isArray(record)) {
      return { record: record as Record<string, unknown> };
    }
  } catch {
    // Falls through: reported as damaged.
  }
  return { damaged: line };
}
