import { createRandom, shuffled } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import type { JsonlError } from '../jsonl-error.ts';
import { splitRows } from './split-rows.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `id_${String(index).padStart(4, '0')}`);

describe('splitRows', () => {
  it('puts every id into one part, with round(n / 10) to validate', () => {
    for (const [count, val] of [
      [2000, 200],
      [100, 10],
      [14, 1],
      [15, 2],
      [2, 1],
      [1, 0],
      [0, 0],
    ] as const) {
      const split = splitRows(ids(count));
      expect(split.val).toHaveLength(val);
      expect(split.test).toEqual([]);
      expect([...split.train, ...split.val].sort()).toEqual(ids(count));
    }
  });

  it('follows from the ids and the seed, not from their order', () => {
    const random = createRandom(5);
    for (let round = 0; round < 10; round++) {
      expect(splitRows(shuffled(ids(50), random))).toEqual(splitRows(ids(50)));
    }
    expect(splitRows(ids(50), { seed: 42 })).toEqual(splitRows(ids(50)));
    expect(splitRows(ids(50), { seed: 43 }).val).not.toEqual(splitRows(ids(50)).val);
  });

  it('shuffles: the rows to validate are not a run of neighbours', () => {
    const numbers = splitRows(ids(1000)).val.map((id) => Number(id.slice(3)));
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeGreaterThan(500);
  });

  it('cuts off a test part without changing the part to validate', () => {
    const split = splitRows(ids(100), { testRatio: 0.15 });
    expect([split.train.length, split.val.length, split.test.length]).toEqual([75, 10, 15]);
    expect(new Set([...split.train, ...split.val, ...split.test]).size).toBe(100);
    expect(split.val).toEqual(splitRows(ids(100)).val);
  });

  it('always leaves something to train with', () => {
    expect(splitRows(ids(2), { testRatio: 0.5 })).toMatchObject({ train: [expect.any(String)], test: [] });
    expect(splitRows(ids(3), { valRatio: 0.9 }).train).toHaveLength(1);
    expect(splitRows(ids(3), { valRatio: 0 }).val).toEqual([]);
  });

  it('refuses an id that comes twice, and shares out of range', () => {
    const codeOf = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as JsonlError).code;
      }
      return undefined;
    };
    expect(codeOf(() => splitRows(['a', 'b', 'a']))).toBe('duplicate-ids');
    expect(codeOf(() => splitRows(['a', 'b'], { valRatio: 1 }))).toBe('bad-option');
    expect(codeOf(() => splitRows(['a', 'b'], { valRatio: NaN }))).toBe('bad-option');
    expect(codeOf(() => splitRows(['a', 'b'], { valRatio: 0.5, testRatio: 0.5 }))).toBe('bad-option');
    expect(codeOf(() => splitRows(['a', 'b'], { seed: 1.5 }))).toBe('bad-option');
  });
});
