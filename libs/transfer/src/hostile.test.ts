import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INCOMING_FOLDER } from './list-folder.ts';
import { pullFolder, type PullOptions } from './pull-folder.ts';
import { listRemote } from './remote/list-remote.ts';
import { emptySyncRecord } from './sync-record.ts';
import { startSshd, whyNoSshd } from './testing/index.ts';

const reason = whyNoSshd();
if (reason !== undefined) console.warn(`skipped: a hostile far side (${reason})`);

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const CONTENT = '{"a":1}';

type Programs = Readonly<Record<string, string>>;

/** A machine on which these programs are not what they say; each is a shell script. */
async function hostile(programs: Programs) {
  const home = mkdtempSync(join(tmpdir(), 'arae-hostile-'));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const machine = await startSshd({ path: `${bin}:/usr/local/bin:/usr/bin:/bin` });
  onTestFinished(async () => {
    await machine.kill();
    machine.remove();
    rmSync(home, { recursive: true, force: true });
  });
  const root = join(home, 'data');
  mkdirSync(root);
  const remote = { target: machine.target, root: machine.home };
  const pull = (more: Partial<PullOptions> = {}) =>
    pullFolder({
      root,
      remote,
      record: emptySyncRecord(),
      save: () => Promise.resolve(),
      sleep: () => Promise.resolve(),
      ...more,
    });
  return { home, root, remote, pull };
}

const listing = (files: readonly (readonly [path: string, size: number])[]) =>
  `printf '${files.map(([path, size]) => `${size} 1700000000.5 ${path}\\0`).join('')}'`;
const hashes = (lines: readonly (readonly [path: string, sha256: string])[]) =>
  `cat >/dev/null </dev/null; printf '${lines.map(([path, hash]) => `${hash} *./${path}\\n`).join('')}'`;
/** An archive as a script that prints it. */
async function archive(
  entries: readonly {
    readonly name: string;
    readonly type?: 'symlink';
    readonly linkname?: string;
    readonly content?: string;
  }[],
): Promise<string> {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return `cat >/dev/null; base64 -d <<'END'\n${Buffer.concat(chunks).toString('base64')}\nEND`;
}

describe.skipIf(reason !== undefined)('a far side that lies', { timeout: 60_000 }, () => {
  it.each(['../evil', '/tmp/evil', 'a/../../evil', 'a//b', './a', 'a\\\\b'])(
    'cannot name %j a file of the folder',
    async (path) => {
      const { root, pull } = await hostile({ find: listing([[path, CONTENT.length]]) });
      await expect(pull()).rejects.toMatchObject({ code: 'bad-path' });
      expect(readdirSync(root)).toEqual([]);
    },
  );

  it('cannot make a digest the name of a file elsewhere', async () => {
    const size = 2 * 2 ** 20;
    const evil = `../../${'x'.repeat(58)}`;
    const { home, root, pull } = await hostile({
      find: listing([['big.bin', size]]),
      openssl: hashes([['big.bin', evil]]),
      tail: `head -c ${size} /dev/zero`,
    });
    expect(await pull()).toMatchObject({ fetched: [] });
    expect(readdirSync(root)).toEqual([]);
    expect(existsSync(join(home, 'x'.repeat(58)))).toBe(false);
  });

  it('has only what was asked for taken out of its archive, once and with the right size', async () => {
    const tar = await archive([
      { name: '../evil', content: CONTENT },
      { name: '/tmp/arae-evil', content: CONTENT },
      { name: 'a.json', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'a.json', content: `${CONTENT}x` },
      { name: 'a.json', content: '{"a":2}' },
      { name: 'a.json', content: CONTENT },
      { name: 'a.json', content: CONTENT },
    ]);
    const { root, home, pull } = await hostile({
      find: listing([['a.json', CONTENT.length]]),
      openssl: hashes([['a.json', sha256(CONTENT)]]),
      tar,
    });
    expect(await pull()).toMatchObject({ bytes: CONTENT.length, fetched: [{ path: 'a.json' }] });
    expect(readdirSync(root)).toEqual(['a.json']);
    expect(existsSync('/tmp/arae-evil')).toBe(false);
    expect(existsSync(join(home, 'evil'))).toBe(false);
  });

  it.each([
    ['an archive', { tar: 'cat /dev/zero' }, 7],
    ['what is no archive', { tar: 'cat /dev/urandom' }, 7],
    ['a large file', { tail: 'exec /usr/bin/tail -c +1 /dev/zero & wait', head: 'exec cat' }, 2 * 2 ** 20],
    ['hashes', { openssl: `tr '\\0' x </dev/zero` }, 7],
  ])('cannot fill memory or disk, nor end the process, with %s without end', async (_, programs, size) => {
    const { root, pull } = await hostile({
      find: listing([['a.json', size]]),
      openssl: hashes([['a.json', sha256('another')]]),
      ...programs,
    });
    const before = process.memoryUsage().rss;
    await expect(pull()).rejects.toMatchObject({ code: 'not-verified' });
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 2 ** 20);
    const left = join(root, INCOMING_FOLDER);
    expect(existsSync(join(root, 'a.json'))).toBe(false);
    const kept = existsSync(left) ? readdirSync(left).map((name) => statSync(join(left, name)).size) : [];
    expect(Math.max(0, ...kept)).toBeLessThanOrEqual(size);
  });

  it('cannot fill the memory with a list without end', async () => {
    const { remote } = await hostile({ find: 'yes a' });
    await expect(listRemote(remote)).rejects.toMatchObject({ code: 'not-verified' });
  });

  it('has nothing written through links of this side that lead out', async () => {
    const { home, root, pull } = await hostile({
      find: listing([['output/a.json', CONTENT.length]]),
      openssl: hashes([['output/a.json', sha256(CONTENT)]]),
      tar: await archive([{ name: 'output/a.json', content: CONTENT }]),
    });
    const outside = join(home, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(root, 'output'));
    await expect(pull()).rejects.toMatchObject({ code: 'LINK_OUTSIDE' });
    rmSync(join(root, INCOMING_FOLDER), { recursive: true });
    symlinkSync(outside, join(root, INCOMING_FOLDER));
    await expect(pull()).rejects.toMatchObject({ code: 'LINK_OUTSIDE' });
    expect(readdirSync(outside)).toEqual([]);
  });
});
