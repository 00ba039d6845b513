import { describe, expect, it } from 'vitest';
import { publishedManifest } from './published-manifest.ts';

const manifest = {
  name: '@arae/one',
  version: '1.2.3',
  exports: {
    './package.json': './package.json',
    '.': { '@arae/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
  },
  scripts: { prepack: 'node prepack.ts' },
  dependencies: { zod: '4.6.7' },
  devDependencies: { vitest: '5.1.1' },
  nx: { name: 'one' },
};

describe('publishedManifest', () => {
  it('leaves out what only the workspace can use', () => {
    expect(publishedManifest(manifest, null)).toEqual({
      name: '@arae/one',
      version: '1.2.3',
      exports: {
        './package.json': './package.json',
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      },
      dependencies: { zod: '4.6.7' },
    });
    expect(manifest.exports['.']['@arae/source']).toBe('./src/index.ts');
  });

  it('says where the sources are', () => {
    const place = { url: 'git+https://example.org/arae/distill.git', directory: 'libs/one' };
    expect(publishedManifest(manifest, place).repository).toEqual({ type: 'git', ...place });
  });
});
