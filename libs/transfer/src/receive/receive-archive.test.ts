import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeManifest } from '../make-manifest.ts';
import { startSshd, whyNoSshd, type TestMachine } from '../testing/index.ts';
import { receiveArchive } from './receive-archive.ts';

const reason = whyNoSshd();
if (reason !== undefined) console.warn(`skipped: archives over SSH (${reason})`);

describe.skipIf(reason !== undefined)('receiveArchive', { timeout: 60_000 }, () => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await startSshd();
    return async () => {
      await machine.kill();
      machine.remove();
    };
  });

  it('keeps a file only if it has the hash that was listed', async () => {
    const there = join(machine.home, 'archived');
    mkdirSync(there);
    writeFileSync(join(there, 'same.txt'), 'as listed');
    writeFileSync(join(there, 'changed.txt'), 'as listed, too');
    const files = await makeManifest(there);
    // Of the same size.
    writeFileSync(join(there, 'changed.txt'), 'AS LISTED, TOO');
    const folder = mkdtempSync(join(tmpdir(), 'arae-archive-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const received: string[] = [];
    await receiveArchive({ target: machine.target, root: there }, files, folder, ({ path }) => {
      received.push(path);
    });
    expect(received).toEqual(['same.txt']);
    const [name, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(readFileSync(join(folder, name!), 'utf8')).toBe('as listed');
  });
});
