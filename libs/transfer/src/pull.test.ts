import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { INCOMING_FOLDER } from './list-folder.ts';
import { makeManifest } from './make-manifest.ts';
import { bytesOf } from './manifest.ts';
import { pullFolder, type PullOptions } from './pull-folder.ts';
import { emptySyncRecord } from './sync-record.ts';
import { startSshd, whyNoSshd, type TestMachine } from './testing/index.ts';

const reason = whyNoSshd();
if (reason !== undefined) console.warn(`skipped: fetching over SSH (${reason})`);

describe.skipIf(reason !== undefined)('pullFolder over a real SSH server', { timeout: 60_000 }, () => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await startSshd();
    return async () => {
      await machine.kill();
      machine.remove();
    };
  });

  let counter = 0;
  function prepare(files: Record<string, string | Buffer>) {
    const root = mkdtempSync(join(tmpdir(), 'arae-pull-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const there = join(machine.home, `data ${counter++}`);
    const writeIn = (folder: string) => (path: string, content: string | Buffer) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    for (const [path, content] of Object.entries(files)) writeIn(there)(path, content);
    const record = emptySyncRecord();
    const pull = (more: Partial<PullOptions> = {}) =>
      pullFolder({
        root,
        remote: { target: machine.target, root: there },
        record,
        save: () => Promise.resolve(),
        sleep: () => Promise.resolve(),
        ...more,
      });
    return { root, there, record, pull, write: writeIn(root), writeThere: writeIn(there) };
  }

  const files = {
    'output/침실 1/label.json': '{"a":1}',
    'output/2/label.json': '{"a":1}',
    'empty.txt': '',
    'adapter.bin': randomBytes(3 * 2 ** 20),
  };

  it('fetches everything, and nothing the second time', async () => {
    const { root, there, pull } = prepare(files);
    expect(await pull()).toMatchObject({ same: 0, cuts: 0, gone: [] });
    expect(await makeManifest(root)).toEqual(await makeManifest(there));
    expect(existsSync(join(root, INCOMING_FOLDER))).toBe(false);
    expect(await pull()).toMatchObject({ fetched: [], same: 4, bytes: 0 });
  });

  it('keeps what was changed here, and changes nothing where both sides changed a file', async () => {
    const { root, pull, write, writeThere } = prepare({ 'a.json': '1', 'b.json': '1' });
    await pull();
    write('a.json', '2');
    expect(await pull()).toMatchObject({ fetched: [], newer: ['a.json'] });
    writeThere('a.json', '3');
    writeThere('b.json', '3');
    await expect(pull()).rejects.toMatchObject({ code: 'conflict', paths: ['a.json'] });
    expect(readFileSync(join(root, 'b.json'), 'utf8')).toBe('1');
  });

  it('deletes nothing here, not even when the far folder is gone', async () => {
    const { root, there, pull } = prepare(files);
    await pull();
    rmSync(there, { recursive: true });
    expect((await pull()).gone).toHaveLength(4);
    expect(await makeManifest(root)).toHaveLength(4);
  });

  it('goes on after cuts and fetches hardly anything twice', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`output/${index}/graph.json`, randomBytes(60_000)]),
    );
    const { root, there, pull } = prepare({ ...many, 'big.bin': randomBytes(9 * 2 ** 20) });
    const payload = bytesOf(await makeManifest(there));
    const before = machine.proxy.bytes;
    const step = 4 * 2 ** 20;
    machine.proxy.cutAfter(step);
    let cutsLeft = 4;
    const result = await pull({ onCut: () => --cutsLeft > 0 && machine.proxy.cutAfter(step) });
    expect(result.cuts).toBe(4);
    expect(await makeManifest(root)).toEqual(await makeManifest(there));
    expect(machine.proxy.bytes - before).toBeLessThan(1.02 * payload + 4 * 8 * 2 ** 20);
  });
});
