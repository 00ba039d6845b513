import { describe, expect, it } from 'vitest';
import { createRandom } from './create-random.ts';
import { shuffled } from './shuffled.ts';

describe('createRandom', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    const random = createRandom(42);
    const drawn = [random.integer(100), random.integer(100), random.integer(100)];
    const again = createRandom(42);
    expect([again.integer(100), again.integer(100), again.integer(100)]).toEqual(drawn);
    // Written down so that a change of the generator, which would change every data set, is seen.
    expect(shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], createRandom(42))).toMatchInlineSnapshot(`
      [
        8,
        6,
        0,
        3,
        4,
        9,
        2,
        5,
        1,
        7,
      ]
    `);
  });

  it('gives unrelated numbers for neighbouring seeds', () => {
    const firsts = new Set(Array.from({ length: 200 }, (_, seed) => createRandom(seed).integer(1_000_000)));
    expect(firsts.size).toBeGreaterThan(190);
  });

  it('covers the whole range evenly', () => {
    const random = createRandom(1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) counts[random.integer(4)]!++;
    for (const count of counts) expect(count).toBeGreaterThan(850);
    const fractions = Array.from({ length: 1000 }, () => random.fraction());
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThan(1);
  });

  it('refuses what is no seed or bound', () => {
    expect(() => createRandom(0.5)).toThrow(RangeError);
    expect(() => createRandom(1).integer(0)).toThrow(RangeError);
  });
});

describe('shuffled', () => {
  it('keeps every item and leaves its input alone', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const result = shuffled(items, createRandom(7));
    expect(items).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...result].sort((a, b) => a - b)).toEqual(items);
    expect(result).not.toEqual(items);
  });
});
