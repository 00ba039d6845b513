import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exitCodeOf } from './errors.ts';
import { openState, STATE_FOLDER } from './state.ts';

it.skipIf(process.platform === 'win32')(
  'is not written through a link that leads out of the data folder',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'arae-state-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const [data, outside] = [join(home, 'data'), join(home, 'outside')];
    for (const folder of [data, outside]) mkdirSync(folder);
    symlinkSync(outside, join(data, STATE_FOLDER));
    const error = await openState(data).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'LINK_OUTSIDE' });
    expect(exitCodeOf(error)).toBe(2);
    expect(readdirSync(outside)).toEqual([]);
  },
);
