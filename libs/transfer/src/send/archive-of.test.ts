import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeManifest } from '../make-manifest.ts';
import { archiveOf } from './archive-of.ts';

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'arae-archive-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, '침실 '.repeat(60).trim().slice(0, 80)));
  writeFileSync(join(root, '침실 '.repeat(60).trim().slice(0, 80), `${'long'.repeat(40)}.json`), '{}');
  writeFileSync(join(root, 'empty'), '');
  writeFileSync(join(root, 'large'), Buffer.alloc(700_000, 'x'));
  return root;
}

describe('archiveOf', () => {
  it('holds every file with its content and whole seconds, also long and Korean names', async () => {
    const root = folder();
    const manifest = await makeManifest(root);
    const archive = Readable.from(archiveOf(root, manifest, undefined)).pipe(extract());
    const found: object[] = [];
    for await (const entry of archive) {
      const { name, size, mtime } = entry.header;
      let length = 0;
      for await (const chunk of entry) length += (chunk as Buffer).length;
      found.push({ path: name.replace('./', ''), size, length, mtime: mtime.getTime() / 1000 });
    }
    expect(found).toEqual(manifest.map(({ path, size, mtime }) => ({ path, size, length: size, mtime })));
  });

  it('ends with an error at a file that has changed since', async () => {
    const root = folder();
    const manifest = await makeManifest(root);
    writeFileSync(join(root, 'empty'), 'no more');
    const read = async () => {
      for await (const chunk of archiveOf(root, manifest, undefined)) expect(chunk).toBeInstanceOf(Buffer);
    };
    await expect(read()).rejects.toMatchObject({ code: 'changed', paths: ['empty'] });
  });
});
