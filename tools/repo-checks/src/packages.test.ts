import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { listFiles } from './list-files.ts';
import { readManifest } from './packages/manifest-swap.ts';
import { packLibraries } from './packages/pack-libraries.ts';
import type { PackedLibrary } from './packages/pack-libraries.ts';
import { entryFiles, packingFaults } from './packages/packing-faults.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const libraries = readdirSync(join(root, 'libs'));

/** Built files that have a source: what a build from nothing would make. */
function builtFrom(sources: readonly string[]): string[] {
  return sources
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      ['.js', '.d.ts'].map((extension) => path.replace(/^src\//, 'dist/').replace(/\.ts$/, extension)),
    );
}

let packages: ReadonlyMap<string, PackedLibrary>;
beforeAll(async () => {
  const folders = libraries.map((library) => join(root, 'libs', library));
  packages = await packLibraries(folders, { workspace: root });
}, 60_000);

describe.each(libraries)('the package of %s', (library) => {
  const folder = join(root, 'libs', library);
  const manifest = readManifest(folder);

  it('says what users need to know', () => {
    expect(manifest).toMatchObject({
      name: `@arae/${library}`,
      version: readManifest(join(root, 'libs', 'floorplan')).version,
      description: expect.stringMatching(/.{10}/),
      license: 'MIT',
      type: 'module',
      main: './dist/index.js',
      types: './dist/index.d.ts',
      exports: {
        './package.json': './package.json',
        '.': { '@arae/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      },
      files: expect.arrayContaining(['dist', '!**/*.map', '!**/*.tsbuildinfo']),
      engines: { node: '>=24' },
      publishConfig: { access: 'public' },
      scripts: {
        prepack: 'node ../../tools/repo-checks/src/packages/prepack.ts',
        postpack: 'node ../../tools/repo-checks/src/packages/postpack.ts',
      },
    });
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });

  it('leads only to what a build makes', () => {
    const built = builtFrom(listFiles(folder, 'src'));
    for (const path of entryFiles(manifest.exports)) {
      if (path !== 'package.json') expect(built).toContain(path);
    }
  });

  it('names the modules that do something when they are imported', () => {
    const { sideEffects } = manifest;
    if (Array.isArray(sideEffects)) {
      const built = builtFrom(listFiles(folder, 'src'));
      for (const path of sideEffects) expect(built).toContain(path.replace(/^\.\//, ''));
    } else expect(sideEffects).toBe(false);
  });

  it('holds what it should and nothing else', () => {
    const { files = [] } = packages.get(manifest.name) ?? {};
    const sources = listFiles(folder, 'src');
    // Tests need no build, so what a build would add is taken as there.
    const packed = existsSync(join(folder, 'dist')) ? files : [...files, ...entryFiles(manifest.exports)];
    // A build deletes nothing. What it left is refused when the library is really packed, not here.
    const faults = packingFaults(manifest, packed, sources).filter((fault) => !fault.endsWith('is gone'));
    expect(faults).toEqual([]);
  });
});
