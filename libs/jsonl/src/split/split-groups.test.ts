import { createRandom, shuffled } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { splitGroups } from './split-groups.ts';
import { splitRows } from './split-rows.ts';

/** Groups of these sizes, with ids that tell the group. */
const groupsOf = (sizes: readonly number[]) =>
  sizes.map((size, group) => Array.from({ length: size }, (_, index) => `g${group}_${index}`));
const groupOf = (id: string) => id.split('_')[0];

describe('splitGroups', () => {
  it('is splitRows where every row stands alone', () => {
    const ids = Array.from({ length: 97 }, (_, index) => `id${index}`);
    const options = { seed: 7, valRatio: 0.2, testRatio: 0.1 };
    expect(
      splitGroups(
        ids.map((id) => [id]),
        options,
      ),
    ).toEqual(splitRows(ids, options));
  });

  it('tears no group apart and meets the shares within 1 % where no group holds more than 1 %', () => {
    const random = createRandom(11);
    for (let round = 0; round < 30; round++) {
      const groups = groupsOf(Array.from({ length: 400 }, () => 1 + random.integer(9)));
      const ids = groups.flat();
      const { train, val, test } = splitGroups(groups, { seed: round, testRatio: 0.05 });
      expect([...train, ...val, ...test].sort()).toEqual(ids.toSorted());
      const sides = [train, val, test].map((side) => new Set(side.map(groupOf)));
      expect(sides[0]!.size + sides[1]!.size + sides[2]!.size).toBe(groups.length);
      expect(Math.abs(val.length / ids.length - 0.1)).toBeLessThanOrEqual(0.01);
      expect(Math.abs(test.length / ids.length - 0.05)).toBeLessThanOrEqual(0.01);
    }
  });

  it('follows from groups and seed alone', () => {
    const groups = groupsOf([3, 1, 4, 1, 5, 9, 2, 6]);
    const mixed = shuffled(groups, createRandom(1)).map((group) => shuffled(group, createRandom(2)));
    expect(splitGroups(mixed)).toEqual(splitGroups(groups));
    expect(splitGroups(groups, { seed: 43 })).not.toEqual(splitGroups(groups));
  });

  it.each([
    ['one large group and few others', [50, 1, 1], 2],
    ['groups that are all larger than the share', [10, 10, 10], 10],
    ['two groups of unequal size', [40, 5], 5],
    ['a group that comes a little over the share', [7, 33, 33, 33], 7],
  ])('holds back what comes nearest: %s', (_, sizes, expected) => {
    const { train, val } = splitGroups(groupsOf(sizes));
    expect(val).toHaveLength(expected);
    expect(train.length).toBeGreaterThan(0);
  });

  it('refuses rows that are all alike, and takes a single one to train', () => {
    expect(() => splitGroups([['a', 'b']])).toThrow(/all 2 rows are equal or nearly equal.*split at random/);
    expect(splitGroups([['a', 'b']], { valRatio: 0 }).train).toHaveLength(2);
    expect(splitGroups([['a']]).train).toEqual(['a']);
    expect(splitGroups([]).train).toEqual([]);
    expect(() => splitGroups([['a'], ['a']])).toThrow(/more than once/);
  });
});
