import { describe, expect, it } from 'vitest';
import { allocateQuotas } from './allocate-quotas.ts';

describe('allocateQuotas', () => {
  it('gives the remainder to the largest group, the first by name where two are equal', () => {
    // Shares of 7: c 1.615, b 2.692, a 2.692; the floors leave two over.
    expect(
      allocateQuotas(
        [
          ['c', 3],
          ['b', 5],
          ['a', 5],
        ],
        7,
      ),
    ).toEqual([
      { name: 'a', available: 5, quota: 2, taken: 4 },
      { name: 'b', available: 5, quota: 2, taken: 2 },
      { name: 'c', available: 3, quota: 1, taken: 1 },
    ]);
  });

  it('goes on to the next group when the largest is exhausted', () => {
    // Shares of 8 of 10: 2.4, 1.6 and five times 0.8; the floors leave five over.
    const sizes: [string, number][] = [
      ['a', 3],
      ['b', 2],
      ...['c', 'd', 'e', 'f', 'g'].map((name) => [name, 1] as [string, number]),
    ];
    expect(allocateQuotas(sizes, 8).map((stratum) => [stratum.name, stratum.quota, stratum.taken])).toEqual([
      ['a', 2, 3],
      ['b', 1, 2],
      ['c', 0, 1],
      ['d', 0, 1],
      ['e', 0, 1],
      ['f', 0, 0],
      ['g', 0, 0],
    ]);
  });

  it('is exact where a quotient would round', () => {
    const strata = allocateQuotas(
      [
        ['a', 999_999],
        ['b', 1],
      ],
      999_999,
    );
    expect(strata.map(({ quota }) => quota)).toEqual([999_998, 0]);
  });
});
