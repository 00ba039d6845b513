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

/** Reads a journal line by line, in constant memory. A file that is not there is an empty journal. */
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
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    parts.push(first);
    for (const other of others) {
      yield parts.join('');
      parts = [other];
    }
  }
  if (parts.length > 0) yield parts.join('');
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
