import { describe, expect, it } from 'vitest';
import { packingFaults } from './packing-faults.ts';

const manifest = {
  name: '@arae/one',
  version: '1.0.0',
  exports: {
    '.': { '@arae/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
  },
  files: ['dist', 'prices.json', 'models', '!**/*.tsbuildinfo'],
};
const good = [
  'LICENSE',
  'README.md',
  'package.json',
  'prices.json',
  'models/a.onnx',
  'dist/index.js',
  'dist/index.d.ts',
  'dist/a/b.js',
];
const sources = ['src/index.ts', 'src/a/b.ts', 'src/a/b.test.ts', 'src/testing/fake.ts'];

describe('packingFaults', () => {
  it('finds none in a library as it should be', () => {
    expect(packingFaults(manifest, good, sources)).toEqual([]);
  });

  it.each([
    ['src/index.ts', 'src/index.ts does not belong there'],
    ['dist/index.d.ts.map', 'dist/index.d.ts.map does not belong there'],
    ['dist/tsconfig.lib.tsbuildinfo', 'dist/tsconfig.lib.tsbuildinfo does not belong there'],
    ['dist/a/b.test.js', 'dist/a/b.test.js does not belong there'],
    ['dist/notes.txt', 'dist/notes.txt does not belong there'],
    ['models/.cache', 'models/.cache does not belong there'],
    ['models/make.ts', 'models/make.ts does not belong there'],
    ['dist/testing/fake.js', 'dist/testing/fake.js is for tests only'],
    ['dist/a/gone.js', 'dist/a/gone.js is left from a source that is gone'],
    ['.env', '.env does not belong there'],
  ])('refuses %s', (path, fault) => {
    expect(packingFaults(manifest, [...good, path], sources)).toEqual([fault]);
  });

  it('refuses sources that the package names', () => {
    const named = { ...manifest, files: [...manifest.files, 'src'] };
    expect(packingFaults(named, [...good, 'src/index.ts'], sources)).toEqual([
      'src/index.ts does not belong there',
    ]);
  });

  it.each(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'])('misses %s', (path) => {
    const packed = good.filter((other) => other !== path);
    expect(packingFaults(manifest, packed, sources)).toEqual([`${path} is missing`]);
  });

  it('misses data that the package names', () => {
    const packed = good.filter((path) => !path.startsWith('models/'));
    expect(packingFaults(manifest, packed, sources)).toEqual(['nothing is packed for "models"']);
  });

  it('takes helpers for tests where users are given them', () => {
    const testing = { types: './dist/testing/fake.d.ts', default: './dist/testing/fake.js' };
    const exported = { ...manifest, exports: { ...manifest.exports, './testing': testing } };
    const packed = [...good, 'dist/testing/fake.js', 'dist/testing/fake.d.ts'];
    expect(packingFaults(exported, packed, sources)).toEqual([]);
  });
});
