import { createRandom } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { bcaInterval } from './bca-interval.ts';
import { comparePairwise } from './compare-pairwise.ts';
import { itemsNeeded } from './items-needed.ts';
import { mcNemar } from './mcnemar.ts';
import { normalCdf, normalQuantile } from './normal-distribution.ts';
import { resampleMeans } from './resample-means.ts';
import { wilsonInterval } from './wilson-interval.ts';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [3, 0.9986501019683699],
    [-5, 2.866515718791946e-7],
    [40, 1],
    [-40, 0],
  ])('cdf of %f', (x, expected) => {
    expect(normalCdf(x)).toBeCloseTo(expected, 13);
  });

  it('has a quantile that turns it round', () => {
    for (const p of [0.001, 0.025, 0.5, 0.8, 0.975]) {
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 10);
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
    expect(() => normalQuantile(1.2)).toThrow(RangeError);
  });
});

describe('wilsonInterval', () => {
  // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (count, of, low, high) => {
    const interval = wilsonInterval(count, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('reaches the ends, gives null for nothing, refuses nonsense', () => {
    expect(wilsonInterval(7, 7)?.high).toBe(1);
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  });
});

describe('mcNemar', () => {
  const split = (onlyFirst: number, onlySecond: number, alike: number) =>
    mcNemar([
      ...Array.from({ length: onlyFirst }, () => [true, false] as const),
      ...Array.from({ length: onlySecond }, () => [false, true] as const),
      ...Array.from({ length: alike }, (_, i) => [i % 2 === 0, i % 2 === 0] as const),
    ]);

  it.each([
    // By hand: 2 · (1 + 10 + 45) / 1024.
    [2, 8, 0.109375],
    [8, 2, 0.109375],
    // 2 / 32
    [0, 5, 0.0625],
    [5, 5, 1],
    [0, 0, 1],
    [1, 0, 1],
  ])('%i against %i', (a, b, pValue) => {
    expect(split(a, b, 30)).toMatchObject({ onlyFirst: a, onlySecond: b });
    expect(split(a, b, 30).pValue).toBeCloseTo(pValue, 12);
  });

  it('goes on beyond the powers of 2 that a double holds', () => {
    expect(split(800, 800, 0).pValue).toBe(1);
    expect(split(700, 900, 0).pValue).toBeGreaterThan(0);
    expect(split(700, 900, 0).pValue).toBeLessThan(1e-6);
  });
});

describe('the bootstrap', () => {
  it('resamples the same items of every series', () => {
    const values = [0, 0.1, 0.5, 0.9];
    const [a, b] = resampleMeans([values, values.map((value) => value + 1)], 50, createRandom(1));
    a?.forEach((mean, round) => expect((b?.[round] as number) - mean).toBeCloseTo(1, 12));
    expect(new Set(a).size).toBeGreaterThan(10);
    expect(() => resampleMeans([[1], [1, 2]], 5, createRandom(1))).toThrow(RangeError);
  });

  it('gives a point where nothing varies', () => {
    const { means, differences } = comparePairwise(
      [
        { name: 'a', values: Array.from({ length: 30 }, () => 0.9) },
        { name: 'b', values: Array.from({ length: 30 }, () => 0.8) },
      ],
      { threshold: 0.05, random: createRandom(1) },
    );
    const [difference] = differences;
    expect(difference).toMatchObject({ first: 'a', second: 'b', verdict: 'beyond', furtherItems: null });
    expect(difference?.low).toBeCloseTo(0.1, 12);
    expect(difference?.low).toBe(difference?.high);
    expect(means.get('a')).toMatchObject({ low: means.get('a')?.mean });
  });

  it('depends on the seed alone', () => {
    const random = createRandom(9);
    const series = [{ name: 'a', values: Array.from({ length: 60 }, () => random.fraction()) }];
    const once = (seed: number) => comparePairwise(series, { threshold: 0, random: createRandom(seed) });
    expect(once(1)).toEqual(once(1));
    expect(once(1)).not.toEqual(once(2));
  });

  it('is the known interval of the mean where the values are normal', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 400 }, () => normalQuantile(Math.max(1e-9, random.fraction())));
    const mean = values.reduce((sum, value) => sum + value, 0) / 400;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399);
    const [means] = resampleMeans([values], 20_000, random);
    const interval = bcaInterval(values, means as Float64Array);
    const half = (1.96 * deviation) / 20;
    expect(interval.low).toBeCloseTo(mean - half, 2);
    expect(interval.high).toBeCloseTo(mean + half, 2);
  });

  it('stays inside what the values allow', () => {
    const values = [...Array.from({ length: 99 }, () => 1), 0];
    const [means] = resampleMeans([values], 2000, createRandom(1));
    const { low, mean, high } = bcaInterval(values, means as Float64Array);
    expect(mean).toBe(0.99);
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(0.985);
    expect(high).toBeLessThanOrEqual(1.0001);
  });
});

describe('the verdict on a difference', () => {
  /** Two series whose difference is `mean`, off by `spread` up and down in turn. */
  function differ(mean: number, spread: number, items: number) {
    const second = Array.from({ length: items }, () => 0.5);
    const first = second.map((value, index) => value + mean + (index % 2 === 0 ? spread : -spread));
    const series = [
      { name: 'a', values: first },
      { name: 'b', values: second },
    ];
    return comparePairwise(series, { threshold: 0.05, random: createRandom(1) }).differences[0];
  }

  it('tells within, beyond and open', () => {
    expect(differ(0.01, 0.1, 100)?.verdict).toBe('within');
    expect(differ(0.1, 0.1, 100)?.verdict).toBe('beyond');
    expect(differ(-0.1, 0.1, 100)?.verdict).toBe('beyond');
    expect(differ(0.04, 0.1, 100)?.verdict).toBe('open');
  });

  it('says how many more items would tell', () => {
    // (1.96 + 0.8416)² · 0.1² · 100/99 ÷ 0.01² = 792.8 items altogether.
    expect(differ(0.04, 0.1, 100)?.furtherItems).toBe(793 - 100);
    expect(itemsNeeded([1, 1, 1], 0)).toBeNull();
    expect(itemsNeeded([1], 0.1)).toBeNull();
    // On the threshold itself no number does.
    expect(differ(0.05, 0.1, 100)).toMatchObject({ verdict: 'open', furtherItems: null });
  });

  it('has enough items when it takes as many as it asked for', () => {
    const needed = 100 + (differ(0.04, 0.1, 100)?.furtherItems as number);
    expect(differ(0.04, 0.1, needed)?.verdict).toBe('within');
  });
});
