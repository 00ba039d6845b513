import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packableFiles } from './packable-files.ts';
import { packLibraries } from './pack-libraries.ts';

it('packableFiles tells what npm packs', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packable-'));
  try {
    const manifest = {
      name: 'one',
      version: '1.0.0',
      files: ['dist', 'prices.json', 'data', '!**/*.map', '!**/*.tsbuildinfo'],
    };
    for (const path of [
      'LICENSE',
      'README.md',
      'notes.md',
      'prices.json',
      'src/index.ts',
      'data/deep/a.bin',
      'dist/index.js',
      'dist/index.d.ts.map',
      'dist/x.tsbuildinfo',
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '1');
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const packed = await packLibraries([folder], { workspace: folder });
    const { files = [] } = packed.get('one') ?? {};
    expect(files).toHaveLength(6);
    expect(packableFiles(folder, manifest).sort()).toEqual([...files].sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
