import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLockedError, acquireFolderLock } from './folder-lock.ts';
import type { FolderLockOptions, LockHolder } from './folder-lock.ts';
import { processStartTime } from './is-process-alive.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-lock-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function acquire(scope: string, more: Partial<FolderLockOptions> = {}) {
  return acquireFolderLock(folder, { scope, command: `arae-pipeline ${scope}`, now: () => NOW, ...more });
}

/** Leaves the lock of another holder, by default of this very process, which runs. */
async function leaveLock(more: Partial<LockHolder>): Promise<string> {
  const holder: LockHolder = {
    scope: 'phase1',
    pid: process.pid,
    startTime: processStartTime(process.pid),
    host: hostname(),
    since: '2025-12-31T00:00:00.000Z',
    command: 'arae-pipeline phase1',
    ...more,
  };
  const path = join(folder, '.locks', `${holder.scope}.${holder.pid}.json`);
  await mkdir(join(folder, '.locks'), { recursive: true });
  await writeFile(path, JSON.stringify(holder));
  return path;
}

async function refusal(attempt: Promise<unknown>): Promise<FolderLockedError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FolderLockedError);
  return error as FolderLockedError;
}

const locks = () => readdir(join(folder, '.locks'));

describe('acquireFolderLock', () => {
  it('says in its file who holds the folder, and removes it at the end', async () => {
    const lock = await acquire('phase2');
    expect(await locks()).toEqual([`phase2.${process.pid}.json`]);
    const holder: unknown = JSON.parse(
      await readFile(join(folder, '.locks', `phase2.${process.pid}.json`), 'utf8'),
    );
    expect(holder).toEqual({
      scope: 'phase2',
      pid: process.pid,
      startTime: processStartTime(process.pid),
      host: hostname(),
      since: NOW.toISOString(),
      command: 'arae-pipeline phase2',
    });
    await lock.release();
    expect(await locks()).toEqual([]);
    await (await acquire('phase2')).release();
  });

  it('makes the folder', async () => {
    const lock = await acquireFolderLock(join(folder, 'new', 'data'), {
      scope: 's',
      command: 'c',
      now: () => NOW,
    });
    expect(existsSync(join(folder, 'new', 'data', '.locks'))).toBe(true);
    await lock.release();
  });

  it('refuses a second holder, and names the first, its process and the file to delete', async () => {
    const lock = await acquire('phase1');
    const error = await refusal(acquire('phase2'));
    const path = join(folder, '.locks', `phase1.${process.pid}.json`);
    expect(error.message).toBe(
      `the data folder is in use by "arae-pipeline phase1" (process ${process.pid}, since ${NOW.toISOString()}): ` +
        `wait for it, or, if it is gone, delete ${path}`,
    );
    expect(error.path).toBe(path);
    expect(error.holder.scope).toBe('phase1');
    // The refused one leaves nothing behind, and the first one still holds.
    expect(await locks()).toEqual([`phase1.${process.pid}.json`]);
    await lock.release();
    await (await acquire('phase2')).release();
  });

  it('refuses the same scope twice in one process', async () => {
    const lock = await acquire('phase1');
    await refusal(acquire('phase1'));
    expect(await locks()).toHaveLength(1);
    await lock.release();
    await (await acquire('phase1')).release();
  });

  it.each(['', 'null', '[]', '{', '{}', '{"scope":1,"pid":1,"host":"a","since":"b","command":"c"}'])(
    'passes over what is no lock: %j',
    async (content) => {
      await mkdir(join(folder, '.locks'));
      await writeFile(join(folder, '.locks', 'phase1.1.json'), content);
      await (await acquire('phase1')).release();
    },
  );

  it('tells a holder in one line, whatever stands in its file', async () => {
    await leaveLock({ scope: 'phase2', command: 'a\nb\r\nc', host: 'elsewhere' });
    expect((await refusal(acquire('phase1'))).message).toContain('"a b c"');
  });

  it.skipIf(process.platform === 'win32')(
    'does not write through a link that lies in its place',
    async () => {
      const outside = join(folder, 'outside.txt');
      await writeFile(outside, 'mine');
      await mkdir(join(folder, '.locks'));
      await symlink(outside, join(folder, '.locks', `phase1.${process.pid}.json`));
      await (await acquire('phase1')).release();
      expect(await readFile(outside, 'utf8')).toBe('mine');
    },
  );

  it('never lets two go ahead that start at the same moment', async () => {
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((scope) => acquire(scope)));
    const holders = results.filter((result) => result.status === 'fulfilled');
    expect(holders.length).toBeLessThanOrEqual(1);
    for (const { value } of holders) await value.release();
    expect(await locks()).toEqual([]);
  });

  it('takes over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const stale = await leaveLock({ pid, startTime: null });
    const lock = await acquire('phase2');
    expect(existsSync(stale)).toBe(false);
    await lock.release();
  });

  it.skipIf(processStartTime(process.pid) === null)(
    'takes over from an earlier process of the same number',
    async () => {
      const stale = await leaveLock({ startTime: '1' });
      const lock = await acquire('phase2');
      expect(existsSync(stale)).toBe(false);
      await lock.release();
    },
  );

  it('takes over its own name from an earlier process of the same number', async () => {
    await leaveLock({ scope: 'phase2', startTime: '1' });
    const lock = await acquire('phase2');
    expect(await locks()).toHaveLength(1);
    await lock.release();
  });

  it('respects a process of which only the number is known', async () => {
    await leaveLock({ startTime: null });
    await refusal(acquire('phase2'));
  });

  it.each(['phase1', 'phase2'])(
    'cannot look into another machine, so its lock on %s stands',
    async (scope) => {
      const path = await leaveLock({ scope, host: 'elsewhere', startTime: '1' });
      const error = await refusal(acquire('phase2'));
      expect(error.message).toContain(`(process ${process.pid} on elsewhere, since`);
      expect(existsSync(path)).toBe(true);
    },
  );

  it('lets compatible scopes work side by side', async () => {
    const compatible = (other: string) => other.startsWith('phase3-');
    const openai = await acquire('phase3-openai', { compatible });
    const gemini = await acquire('phase3-gemini', { compatible });
    expect(await locks()).toHaveLength(2);
    expect((await refusal(acquire('phase4'))).holder.scope).toMatch(/^phase3-/);
    await openai.release();
    await gemini.release();
    expect(await locks()).toEqual([]);
  });

  it('passes over files that are no locks', async () => {
    await mkdir(join(folder, '.locks'));
    await writeFile(join(folder, '.locks', 'broken.json'), '{');
    await (await acquire('phase2')).release();
  });
});
