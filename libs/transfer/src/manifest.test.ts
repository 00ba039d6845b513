import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HashCache, loadHashCache } from './hash-cache.ts';
import { makeManifest } from './make-manifest.ts';

function folderOf(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'arae-manifest-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
  }
  return root;
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

describe('makeManifest', () => {
  it('lists every file with size, time and SHA-256, in the order of the paths', async () => {
    const big = Buffer.alloc(5 * 2 ** 20, 'x');
    const root = folderOf({ 'b.txt': 'two', 'a/침실.json': 'one', 'a/big.bin': big });
    expect(await makeManifest(root)).toEqual([
      { path: 'a/big.bin', size: big.length, mtime: 1_700_000_000, sha256: sha256(big) },
      { path: 'a/침실.json', size: 3, mtime: 1_700_000_000, sha256: sha256('one') },
      { path: 'b.txt', size: 3, mtime: 1_700_000_000, sha256: sha256('two') },
    ]);
  });

  it('leaves out locks, halves of killed writers, its own folder, links and what is not asked for', async () => {
    const root = folderOf({
      'kept.json': '1',
      'logs/run.log': '2',
      '.locks/phase3.17.json': '3',
      'output/.label.json.17-0.tmp': '4',
      '.arae-incoming/half': '5',
    });
    symlinkSync('/etc/passwd', join(root, 'link'));
    const manifest = await makeManifest(root, { include: (path) => path !== 'logs' });
    expect(manifest.map(({ path }) => path)).toEqual(['kept.json']);
  });

  it('is empty for a folder that is not there', async () => {
    expect(await makeManifest('/nowhere/at/all')).toEqual([]);
  });

  it.each(['a\nb', 'a\\b'])('refuses the name %j with one line', async (name) => {
    const root = folderOf({ [name]: '' });
    await expect(makeManifest(root)).rejects.toMatchObject({ code: 'bad-path', message: /^[^\n]*rename it/ });
  });
});

describe('HashCache', () => {
  it('spares reading what has not changed, also after it was saved', async () => {
    const root = folderOf({ 'a.txt': 'one' });
    const cache = new HashCache();
    const later = () => Date.now() + 60_000;
    const [entry] = await makeManifest(root, { cache, now: later });
    await cache.save(join(root, 'cache/hashes.json'));
    const loaded = await loadHashCache(join(root, 'cache/hashes.json'));
    const times = { size: 3, mtimeMs: 1_700_000_000_000 };
    const { ctimeMs } = await import('node:fs').then(({ statSync }) => statSync(join(root, 'a.txt')));
    expect(loaded.find('a.txt', { ...times, ctimeMs })).toBe(entry?.sha256);
    expect(loaded.find('a.txt', { ...times, size: 4, ctimeMs })).toBeUndefined();
  });

  it('does not trust a file that was changed just before it was read', () => {
    const cache = new HashCache();
    const times = { size: 1, mtimeMs: 1000, ctimeMs: 1000 };
    cache.keep('a', times, 'hash', 2500);
    expect(cache.find('a', times)).toBeUndefined();
    cache.keep('a', times, 'hash', 4000);
    expect(cache.find('a', times)).toBe('hash');
  });

  it('is empty where the file is damaged', async () => {
    const root = folderOf({ 'hashes.json': '[["a"' });
    expect(
      (await loadHashCache(join(root, 'hashes.json'))).find('a', { size: 0, mtimeMs: 0, ctimeMs: 0 }),
    ).toBe(undefined);
  });
});
