import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FileTooLargeError,
  MAX_TEXT_BYTES,
  readSmallFile,
  readSmallFileSync,
  readTextFile,
  readTextFileSync,
} from './read-text-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-text-file-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fileOf = (content: string | Uint8Array): string => {
  const path = join(folder, 'a.json');
  writeFileSync(path, content);
  return path;
};

describe.each([
  ['readTextFile', readTextFile, readSmallFile],
  [
    'readTextFileSync',
    (...args: Parameters<typeof readTextFileSync>) =>
      new Promise<string>((resolve) => resolve(readTextFileSync(...args))),
    (...args: Parameters<typeof readSmallFileSync>) =>
      new Promise<Buffer>((resolve) => resolve(readSmallFileSync(...args))),
  ],
])('%s', (_, readText, readBytes) => {
  it.each(['', '침실', '가'.repeat(100_000)])('reads a text of any length up to the limit', async (text) => {
    const path = fileOf(text);
    const bytes = Buffer.byteLength(text);
    expect(await readText(path)).toBe(text);
    expect(await readText(pathToFileURL(path), { maxBytes: bytes })).toBe(text);
    expect(await readBytes(path)).toEqual(Buffer.from(text));
  });

  it('refuses a file of gigabytes without reading it, in one line that names it', async () => {
    const path = fileOf('');
    truncateSync(path, 40 * 1024 ** 3);
    const error = await readText(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileTooLargeError);
    expect(error).toMatchObject({ code: 'TOO_LARGE', path, maxBytes: MAX_TEXT_BYTES });
    expect((error as Error).message).toBe(
      `${path} has ${40 * 1024 ** 3} bytes, more than ${MAX_TEXT_BYTES}: it is nothing that this program made; remove it`,
    );
  });

  it('refuses one byte more than the limit, and says what the system says of a file that is not there', async () => {
    await expect(readText(fileOf('abcd'), { maxBytes: 3 })).rejects.toThrow(FileTooLargeError);
    await expect(readText(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(process.platform === 'win32')(
    'reads what tells no size, and stops where it has no end',
    async () => {
      expect(await readText('/dev/null')).toBe('');
      await expect(readText('/dev/zero', { maxBytes: 200_000 })).rejects.toThrow('more than 200000 bytes');
    },
  );
});

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  it('is read to its end', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const text = '침실'.repeat(50_000);
    const [read] = await Promise.all([
      readTextFile(pipe),
      import('node:fs/promises').then(({ writeFile }) => writeFile(pipe, text)),
    ]);
    expect(read).toBe(text);
  });
});
