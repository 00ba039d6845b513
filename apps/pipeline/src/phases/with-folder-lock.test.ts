import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideLinkError } from '@arae/progress';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../data-folder.ts';
import { exitCodeOf } from '../errors.ts';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { withFolderLock } from './with-folder-lock.ts';

const clock = { now: () => 0, sleep: () => Promise.resolve() };

function prepare() {
  const home = temporaryFolder();
  const folder = dataFolder(join(home, 'data'));
  const outside = join(home, 'outside');
  for (const path of [folder.outputFolder, folder.progressFolder, outside])
    mkdirSync(path, { recursive: true });
  const run = (work = () => Promise.resolve('done')) => withFolderLock({ folder, clock }, 'phase2', work);
  return { folder, outside, run };
}

describe.skipIf(process.platform === 'win32')('a data folder with links', () => {
  it.each([
    ['a stem', (root: string) => join(root, 'output', 'a')],
    ['a journal', (root: string) => join(root, 'progress', 'openai_journal.jsonl')],
    ['the locks', (root: string) => join(root, '.locks')],
    ['what training writes', (root: string) => join(root, 'qwen3_finetuned')],
  ])('is not written into when %s is a link that leads out', async (_, linkIn) => {
    const { folder, outside, run } = prepare();
    symlinkSync(outside, linkIn(folder.root));
    const error = await run(() => expect.unreachable()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutsideLinkError);
    expect(exitCodeOf(error)).toBe(2);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('is written into when links stay inside, lead to what is only read, or it is a link itself', async () => {
    const { folder, outside, run } = prepare();
    mkdirSync(join(folder.outputFolder, 'a'));
    symlinkSync(join(folder.outputFolder, 'a'), join(folder.outputFolder, 'b'));
    symlinkSync(outside, join(folder.root, 'drawings'));
    writeFileSync(join(outside, 'a.png'), '');
    expect(await run()).toBe('done');
    symlinkSync(folder.root, join(outside, 'data'));
    const linked = { folder: dataFolder(join(outside, 'data')), clock };
    expect(await withFolderLock(linked, 'phase2', () => Promise.resolve('done'))).toBe('done');
  });
});
