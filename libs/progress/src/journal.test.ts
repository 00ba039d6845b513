import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal, readJournal } from './journal.ts';
import type { JournalLine } from './journal.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(folder, 'progress', 'calls.jsonl');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function readAll(): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for await (const line of readJournal(path)) lines.push(line);
  return lines;
}

async function recordsOf(): Promise<unknown[]> {
  return (await readAll()).map((line) => ('record' in line ? line.record : line));
}

describe('openJournal', () => {
  it('has a record on the disk when its append resolves', async () => {
    const journal = await openJournal(path);
    await journal.append({ id: 'a', 텍스트: '한 줄\n두 줄' });
    expect(await readFile(path, 'utf8')).toBe('{"id":"a","텍스트":"한 줄\\n두 줄"}\n');
    await journal.close();
  });

  it('keeps two hundred parallel records whole and in order', async () => {
    const journal = await openJournal(path);
    const records = Array.from({ length: 200 }, (_, index) => ({ index, text: '가'.repeat(index * 7) }));
    const acknowledged: number[] = [];
    await Promise.all(
      records.map(async (record) => {
        await journal.append(record);
        acknowledged.push(record.index);
      }),
    );
    expect(await recordsOf()).toEqual(records);
    expect(acknowledged).toEqual(records.map(({ index }) => index));
    await journal.close();
  });

  it('takes further records while earlier ones are being written, and waits for all at the end', async () => {
    const journal = await openJournal(path);
    const first = journal.append({ index: 0 });
    const second = first.then(() => journal.append({ index: 2 }));
    void journal.append({ index: 1 });
    await second;
    void journal.append({ index: 3 });
    await journal.close();
    expect(await recordsOf()).toEqual([{ index: 0 }, { index: 1 }, { index: 2 }, { index: 3 }]);
  });

  it('adds to what is there', async () => {
    for (const index of [0, 1]) {
      const journal = await openJournal(path);
      await journal.append({ index });
      await journal.close();
    }
    expect(await recordsOf()).toEqual([{ index: 0 }, { index: 1 }]);
  });

  it('closes a torn last line, so that the next record stays readable', async () => {
    const journal = await openJournal(path);
    await journal.append({ index: 0 });
    await journal.close();
    await appendFile(path, '{"index":1,"text":"중간에서 끊');

    const resumed = await openJournal(path);
    await resumed.append({ index: 2 });
    await resumed.close();
    expect(await readAll()).toEqual([
      { lineNumber: 1, record: { index: 0 } },
      { lineNumber: 2, damaged: '{"index":1,"text":"중간에서 끊' },
      { lineNumber: 3, record: { index: 2 } },
    ]);
  });

  it('leaves a whole last line alone', async () => {
    await (await openJournal(path)).close();
    expect(await readFile(path, 'utf8')).toBe('');
    await writeFile(path, '{"a":1}\n');
    await (await openJournal(path)).close();
    expect(await readFile(path, 'utf8')).toBe('{"a":1}\n');
  });

  it('refuses records that are no JSON, and records behind the end', async () => {
    const journal = await openJournal(path);
    await expect(journal.append({ big: 1n })).rejects.toThrow(TypeError);
    await journal.close();
    await expect(journal.append({})).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('');
  });

  // A disk that is always full; only Linux has one.
  it.skipIf(!existsSync('/dev/full'))('does not acknowledge what the disk refused', async () => {
    const journal = await openJournal('/dev/full');
    const results = await Promise.allSettled([journal.append({ a: 1 }), journal.append({ a: 2 })]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await journal.close();
  });
});

describe('readJournal', () => {
  it('is empty without a file', async () => {
    expect(await readAll()).toEqual([]);
  });

  it('does not hide other errors', async () => {
    path = folder;
    await expect(readAll()).rejects.toThrow('EISDIR');
  });

  it('skips blank lines, reports what is no object, and counts the lines', async () => {
    path = join(folder, 'calls.jsonl');
    await writeFile(path, '{"a":1}\n\n  \r\n[1]\nnull\n"text"\n{"b":2}\r\n{"c":3}');
    expect(await readAll()).toEqual([
      { lineNumber: 1, record: { a: 1 } },
      { lineNumber: 4, damaged: '[1]' },
      { lineNumber: 5, damaged: 'null' },
      { lineNumber: 6, damaged: '"text"' },
      { lineNumber: 7, record: { b: 2 } },
      { lineNumber: 8, record: { c: 3 } },
    ]);
  });

  it('ends lines at newlines alone, whatever a teacher answered', async () => {
    const record = { raw: 'a\u2028b\u2029c\u0085d\r\ne\rf' };
    const journal = await openJournal(path);
    await journal.append(record);
    await journal.append({ next: true });
    await journal.close();
    expect(await recordsOf()).toEqual([record, { next: true }]);
  });

  it('reads lines longer than a chunk of the stream', async () => {
    const records = [{ text: '평'.repeat(100_000) }, { text: '면'.repeat(70_000) }, { end: 1 }];
    const journal = await openJournal(path);
    for (const record of records) await journal.append(record);
    await journal.close();
    expect(await recordsOf()).toEqual(records);
  });

  it('reports the beginning of a line that no record has the length of, and goes on', async () => {
    await mkdir(join(folder, 'progress'));
    for (let i = 0; i < 65; i++) await appendFile(path, '가나다라'.repeat(2 ** 18));
    await appendFile(path, '\n{"id":"a"}\n');
    expect(await readAll()).toEqual([
      { lineNumber: 1, damaged: `${'가나다라'.repeat(50)}…` },
      { lineNumber: 2, record: { id: 'a' } },
    ]);
  });

  it('can be left early', async () => {
    const journal = await openJournal(path);
    for (let index = 0; index < 3; index++) await journal.append({ index });
    await journal.close();
    for await (const line of readJournal(path)) {
      expect(line).toEqual({ lineNumber: 1, record: { index: 0 } });
      break;
    }
  });
});
