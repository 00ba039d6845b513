import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRows } from './audit-rows.ts';
import { chatRow } from './chat-row.ts';
import { checkChatRow } from './check-chat-row.ts';
import { JsonlError } from './jsonl-error.ts';
import { readJsonLines, type JsonLine, type ReadJsonLinesOptions } from './read-json-lines.ts';
import { toJsonLine } from './to-json-line.ts';
import { writeJsonLines } from './write-json-lines.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jsonl-'));
  path = join(folder, 'rows.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, options?: ReadJsonLinesOptions): Promise<JsonLine[]> {
  await writeFile(path, content);
  return collect(readJsonLines(path, options));
}
async function collect(lines: AsyncIterable<JsonLine>): Promise<JsonLine[]> {
  const collected: JsonLine[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
}
const codes = (lines: JsonLine[]) => lines.map(({ error }) => error?.code ?? 'ok');

describe('toJsonLine', () => {
  it('is compact and escapes only what JSON demands', () => {
    expect(toJsonLine({ a: [1, '침실\n"\u2028'] })).toBe('{"a":[1,"침실\\n\\"\u2028"]}');
  });

  it('refuses what JSON has no text for', () => {
    expect(() => toJsonLine(undefined)).toThrow(JsonlError);
  });
});

describe('readJsonLines', () => {
  it('yields values with their line numbers, with or without a last newline', async () => {
    const expected = [
      { lineNumber: 1, value: { a: 1 } },
      { lineNumber: 2, value: null },
    ];
    expect(await read('{"a":1}\nnull\n')).toEqual(expected);
    expect(await read('{"a":1}\nnull')).toEqual(expected);
    expect(await read('\uFEFF{"a":1}\r\nnull\r\n')).toEqual(expected);
    expect(await read('')).toEqual([]);
  });

  it('goes on after a broken line', async () => {
    const lines = await read('{"a":1}\n{"a":\n\n  \n{"b":2}\n');
    expect(codes(lines)).toEqual(['ok', 'not-json', 'blank', 'blank', 'ok']);
    expect(lines[1]).toMatchObject({ lineNumber: 2, text: '{"a":', error: { lineNumber: 2, path } });
    expect(lines[1]?.error?.message).not.toContain('\n');
  });

  it('does not take U+2028 for the end of a line', async () => {
    expect(await read('{"a":"\u2028\u2029\u0085"}\n')).toEqual([
      { lineNumber: 1, value: { a: '\u2028\u2029\u0085' } },
    ]);
  });

  it('puts characters together that lie across two chunks of the file', async () => {
    // Three bytes each, so that the borders of chunks (powers of two) fall inside characters.
    const value = '한'.repeat(100_000);
    expect(await read(`${JSON.stringify(value)}\n1\n`)).toEqual([
      { lineNumber: 1, value },
      { lineNumber: 2, value: 1 },
    ]);
  });

  it('reports bytes that are no UTF-8 rather than replacing them', async () => {
    expect(codes(await read(Buffer.from([0x22, 0xff, 0x22, 0x0a, 0x31])))).toEqual(['not-utf8', 'ok']);
  });

  it('reports a line over the limit and reads the next one', async () => {
    const lines = await read(`"${'x'.repeat(200_000)}"\n"12345678"\n"123456789"`, { maxLineBytes: 10 });
    expect(codes(lines)).toEqual(['too-long', 'ok', 'too-long']);
    expect(lines[0]).toMatchObject({ text: '"xxxxxxxxx' });
    await expect(read('1', { maxLineBytes: 0 })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('says when there is no such file', async () => {
    const reading = collect(readJsonLines(join(folder, 'none.jsonl')));
    await expect(reading).rejects.toMatchObject({ code: 'unreadable' });
    await expect(reading).rejects.toThrow(/ENOENT/);
  });
});

describe('writeJsonLines', () => {
  it('writes what readJsonLines reads', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      chatRow('시스템', `질문 ${index}`, '{"요약":"좋다"}'),
    );
    const written = await writeJsonLines(path, rows);
    const bytes = await readFile(path);
    expect(written).toEqual({
      rows: 3000,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(bytes.toString()).toContain('"요약');
    const lines = await collect(readJsonLines(path));
    expect(lines.map((line) => (line.error === undefined ? line.value : line.error))).toEqual(rows);
    expect(await readdir(folder)).toEqual(['rows.jsonl']);
  });

  it('leaves the old file and nothing else when a row throws', async () => {
    await writeFile(path, 'old');
    async function* rows() {
      for (let index = 0; index < 100; index++) yield { text: 'x'.repeat(2000) };
      await Promise.resolve();
      throw new Error('the source broke');
    }
    await expect(writeJsonLines(path, rows())).rejects.toThrow('the source broke');
    await expect(writeJsonLines(path, [{ a: 1 }, undefined])).rejects.toMatchObject({ code: 'no-value' });
    expect(await readdir(folder)).toEqual(['rows.jsonl']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('writes an empty file for no rows', async () => {
    expect(await writeJsonLines(path, [])).toMatchObject({ rows: 0, bytes: 0 });
    expect(await readFile(path, 'utf8')).toBe('');
  });
});

describe('auditRows', () => {
  it('counts and names the bad lines', async () => {
    const good = toJsonLine(chatRow('s', 'u', 'a'));
    await writeFile(path, `${good}\n{"messages":[]}\n${good}\n{"mess\n\n`);
    const audit = await auditRows(path, checkChatRow);
    expect(audit).toMatchObject({ lines: 5, valid: 2, invalid: 1, broken: 2 });
    expect(audit.badLines.map(({ lineNumber, code }) => [lineNumber, code])).toEqual([
      [2, 'invalid'],
      [4, 'not-json'],
      [5, 'blank'],
    ]);
    expect(audit.badLines.every(({ reason }) => reason !== '' && !reason.includes('\n'))).toBe(true);
  });

  it('lists no more bad lines than asked, and still counts them', async () => {
    await writeFile(path, '1\n'.repeat(50));
    const audit = await auditRows(path, checkChatRow, { maxListed: 3 });
    expect(audit.badLines).toHaveLength(3);
    expect(audit.invalid).toBe(50);
  });
});
