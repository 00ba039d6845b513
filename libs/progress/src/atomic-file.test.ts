import { spawnSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAtomicFile, removeStaleTemporaryFiles, writeFileAtomic } from './atomic-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-file-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const read = (name: string) => readFile(join(folder, name), 'utf8');

describe('writeFileAtomic', () => {
  it('writes text and bytes, replaces what was there, and leaves nothing else', async () => {
    await writeFileAtomic(join(folder, 'a.txt'), '하나');
    await writeFileAtomic(join(folder, 'a.txt'), '둘');
    await writeFileAtomic(join(folder, 'b.bin'), new Uint8Array([0, 255]));
    expect(await read('a.txt')).toBe('둘');
    expect([...(await readFile(join(folder, 'b.bin')))]).toEqual([0, 255]);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.bin']);
  });

  it.skipIf(process.platform === 'win32')('replaces a link and leaves alone what it leads to', async () => {
    await writeFile(join(folder, 'elsewhere'), 'mine');
    for (const target of ['elsewhere', 'nowhere']) {
      await symlink(join(folder, target), join(folder, 'a.txt'));
      await writeFileAtomic(join(folder, 'a.txt'), 'new');
      expect((await lstat(join(folder, 'a.txt'))).isFile()).toBe(true);
      await rm(join(folder, 'a.txt'));
    }
    expect(await read('elsewhere')).toBe('mine');
    expect(await readdir(folder)).toEqual(['elsewhere']);
  });

  it('makes the folders above', async () => {
    await writeFileAtomic(join(folder, 'x', 'y', 'a.txt'), 'a');
    expect(await read('x/y/a.txt')).toBe('a');
  });

  it('leaves no temporary file when the rename fails', async () => {
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'taken'), 'a')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('keeps the old content and leaves no temporary file when the write fails', async () => {
    await writeFile(join(folder, 'a.txt'), 'old');
    await expect(writeFileAtomic(join(folder, 'a.txt'), 42 as unknown as string)).rejects.toThrow();
    expect(await read('a.txt')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('lets many writers of one file through, and one of them wins whole', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(contents.map((content) => writeFileAtomic(join(folder, 'a.txt'), content)));
    expect(contents).toContain(await read('a.txt'));
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

describe('openAtomicFile', () => {
  it('shows the new content only after the commit', async () => {
    await writeFile(join(folder, 'a.txt'), 'old');
    const file = await openAtomicFile(join(folder, 'a.txt'));
    await file.write('new, ');
    await file.write('in parts');
    expect(await read('a.txt')).toBe('old');
    await file.commit();
    expect(await read('a.txt')).toBe('new, in parts');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('forgets everything after an abort, also one behind a commit that failed', async () => {
    await writeFile(join(folder, 'a.txt'), 'old');
    const file = await openAtomicFile(join(folder, 'a.txt'));
    await file.write('new');
    await file.abort();
    expect(await read('a.txt')).toBe('old');

    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    const other = await openAtomicFile(join(folder, 'taken'));
    await expect(other.commit()).rejects.toThrow();
    await other.abort();
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'taken']);
  });

  it('passes over temporary files that an earlier process of the same number left', async () => {
    // Learns the next number from a file of its own.
    const file = await openAtomicFile(join(folder, 'a.txt'));
    const own = (await readdir(folder))[0] as string;
    await file.abort();
    const [, pid, number] = /^\.a\.txt\.(\d+)-(\d+)\.tmp$/.exec(own) as unknown as [string, string, string];
    expect(pid).toBe(String(process.pid));
    const left = `.a.txt.${pid}-${Number(number) + 1}.tmp`;
    await writeFile(join(folder, left), 'left over');

    await writeFileAtomic(join(folder, 'a.txt'), 'new');
    expect(await read('a.txt')).toBe('new');
    expect(await read(left)).toBe('left over');
  });
});

describe('removeStaleTemporaryFiles', () => {
  it('removes those of processes that are gone, and nothing else', async () => {
    const gone = deadPid();
    const stale = [`.a.txt.${gone}-0.tmp`, `.train.jsonl.${gone}-17.tmp`];
    const kept = [
      'a.txt',
      `.a.txt.${process.pid}-0.tmp`,
      `a.txt.${gone}-0.tmp`,
      `.a.txt.${gone}.tmp`,
      '.hidden',
    ];
    for (const name of [...stale, ...kept]) await writeFile(join(folder, name), '');
    await removeStaleTemporaryFiles(folder);
    expect((await readdir(folder)).sort()).toEqual(kept.sort());
  });

  it('finds the files of openAtomicFile by its pattern', async () => {
    const file = await openAtomicFile(join(folder, 'a.txt'));
    const own = (await readdir(folder))[0] as string;
    await file.abort();
    await writeFile(join(folder, own.replace(String(process.pid), String(deadPid()))), '');
    await removeStaleTemporaryFiles(folder);
    expect(await readdir(folder)).toEqual([]);
  });
});

/** The number of a process that has just ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
