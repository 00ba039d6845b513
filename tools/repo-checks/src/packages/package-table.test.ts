import { describe, expect, it } from 'vitest';
import { packageTable } from './package-table.ts';

describe('packageTable', () => {
  it('lines up what libraries weigh', () => {
    const table = packageTable([
      { name: 'a', size: 12_345, unpackedSize: 2_000_000, files: 7, tree: { packages: 3, size: 61_320_000 } },
      { name: 'much-longer', size: 0, unpackedSize: 0, files: 120, tree: null },
    ]);
    expect(table.split('\n')).toEqual([
      'library      packed MB  unpacked MB  files  packages installed  installed MB',
      'a                 0.01         2.00      7                   3         61.32',
      'much-longer       0.00         0.00    120                   —             —',
    ]);
  });
});
