import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeManifest } from './make-manifest.ts';
import { bytesOf } from './manifest.ts';
import { pushFolder, type PushOptions } from './push-folder.ts';
import { runSsh } from './ssh/run-ssh.ts';
import { emptySyncRecord } from './sync-record.ts';
import { startSshd, whyNoSshd, type TestMachine } from './testing/index.ts';

const reason = whyNoSshd();
if (reason !== undefined) console.warn(`skipped: transfers over SSH (${reason})`);

describe.skipIf(reason !== undefined)('pushFolder over a real SSH server', { timeout: 60_000 }, () => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await startSshd();
    return async () => {
      await machine.kill();
      machine.remove();
    };
  });

  let counter = 0;
  function prepare(files: Record<string, string | Buffer>, rest: Partial<PushOptions> = {}) {
    const root = mkdtempSync(join(tmpdir(), 'arae-push-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const write = (path: string, content: string | Buffer, folder = root) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    for (const [path, content] of Object.entries(files)) write(path, content);
    const there = join(machine.home, `it's folder ${counter++}`);
    const record = emptySyncRecord();
    const push = async (more: Partial<PushOptions> = {}) =>
      pushFolder({
        root,
        remote: { target: machine.target, root: there },
        manifest: await makeManifest(root),
        record,
        save: () => Promise.resolve(),
        sleep: () => Promise.resolve(),
        ...rest,
        ...more,
      });
    return {
      root,
      there,
      record,
      push,
      write,
      writeThere: (path: string, text: string) => write(path, text, there),
    };
  }

  const big = randomBytes(6 * 2 ** 20);
  const files = { 'output/침실 1/topology_graph.json': '{"a":1}', 'empty.txt': '', 'models/big.bin': big };

  it.each([
    ['by archive and rsync', {}],
    ['without rsync', { rsync: false }],
  ])('sends everything, %s, and nothing the second time', async (_, rest) => {
    const { root, there, push, write } = prepare(files, rest);
    const first = await push();
    expect(first).toMatchObject({ same: 0, cuts: 0, bytes: big.length + 7 });
    expect(await makeManifest(there)).toEqual(await makeManifest(root));
    expect(await push()).toMatchObject({ sent: [], same: 3, bytes: 0 });
    write('empty.txt', 'no more');
    expect((await push()).sent.map(({ path }) => path)).toEqual(['empty.txt']);
  });

  it('sends only the changed blocks of a large file', async () => {
    const { push, write } = prepare(files);
    await push();
    const changed = Buffer.concat([big, Buffer.from('a new line')]);
    write('models/big.bin', changed);
    const before = machine.proxy.bytes;
    expect(await push()).toMatchObject({ bytes: changed.length });
    expect(machine.proxy.bytes - before).toBeLessThan(big.length / 10);
  });

  it('keeps what was changed over there, and stops before anything is sent where both sides changed a file', async () => {
    const { there, push, write, writeThere } = prepare({ 'a.json': '1', 'b.json': '1' });
    await push();
    writeThere('a.json', '2');
    expect(await push()).toMatchObject({ sent: [], newer: ['a.json'] });
    write('a.json', '3');
    write('b.json', '3');
    await expect(push()).rejects.toMatchObject({ code: 'conflict', paths: ['a.json'] });
    expect(readFileSync(join(there, 'b.json'), 'utf8')).toBe('1');
  });

  it('takes away over there what was deleted here, unless it was changed there', async () => {
    const { root, there, push, writeThere } = prepare({ 'a.json': '1', 'b.json': '1', 'c.json': '1' });
    await push();
    writeThere('b.json', '2');
    rmSync(join(root, 'a.json'));
    rmSync(join(root, 'b.json'));
    expect(await push()).toMatchObject({ removed: ['a.json'] });
    expect((await makeManifest(there)).map(({ path }) => path)).toEqual(['b.json', 'c.json']);
  });

  it('finds what a transfer that was killed has sent already, and writes over its halves', async () => {
    const { there, record, push, writeThere } = prepare({ 'a.json': 'whole', 'b.json': 'whole' });
    record.sending.add('a.json').add('b.json');
    writeThere('a.json', 'who');
    writeThere('b.json', 'whole');
    const before = machine.proxy.connections;
    await push();
    expect(readFileSync(join(there, 'a.json'), 'utf8')).toBe('whole');
    expect(machine.proxy.connections - before).toBeGreaterThan(0);
    expect(record.sending.size).toBe(0);
  });

  it.each([
    ['by archive and rsync', {}],
    ['without rsync', { rsync: false }],
  ])('goes on after cuts %s and sends hardly anything twice', async (_, rest) => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (__, index) => [`output/${index}/graph.json`, randomBytes(60_000)]),
    );
    const { root, there, push } = prepare({ ...many, 'big.bin': randomBytes(14 * 2 ** 20) }, rest);
    const payload = bytesOf(await makeManifest(root));
    const before = machine.proxy.bytes;
    // The next cut comes when more than at the last one has got through.
    const step = 3 * 2 ** 20;
    machine.proxy.cutAfter(step);
    let cutsLeft = 6;
    const result = await push({ onCut: () => --cutsLeft > 0 && machine.proxy.cutAfter(step) });
    expect(result.cuts).toBe(6);
    expect(await makeManifest(there)).toEqual(await makeManifest(root));
    expect(machine.proxy.bytes - before).toBeLessThan(1.02 * payload + 6 * 8 * 2 ** 20);
  });

  it('gives up with one line when nothing gets through', async () => {
    const waits: number[] = [];
    const { push } = prepare(files);
    const nobody = { ...machine.target, port: 1 };
    await expect(
      push({
        remote: { target: nobody, root: '/nowhere' },
        cutDelaysMs: [1, 2],
        sleep: (ms) => Promise.resolve(waits.push(ms)),
      }),
    ).rejects.toMatchObject({ code: 'unreachable', message: /^[^\n]+$/ });
    expect(waits).toEqual([1, 2]);
  });

  it('refuses a machine with another host key', async () => {
    const { push } = prepare({ 'a.json': '1' });
    await push();
    const other = await startSshd({ publicKey: readFileSync(`${machine.target.identityFile}.pub`, 'utf8') });
    onTestFinished(async () => {
      await other.kill();
      other.remove();
    });
    const target = { ...machine.target, port: other.target.port };
    await expect(runSsh(target, 'true')).rejects.toMatchObject({ code: 'refused' });
  });
});
