import { createRandom } from '@arae/floorplan';
import { expect, test } from 'vitest';
import { commonSubsequence } from './common-subsequence.ts';

/** The table of the textbook. */
function byTable(left: readonly number[], right: readonly number[]): number {
  let row = Array.from({ length: right.length + 1 }, () => 0);
  for (const character of left) {
    const next = [0];
    for (const [index, other] of right.entries()) {
      next.push(character === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    }
    row = next;
  }
  return row.at(-1)!;
}

test('as long as the table says, whatever the lengths and letters', () => {
  const random = createRandom(7);
  const text = (length: number, letters: number) =>
    Array.from({ length }, () => 0xac00 + random.integer(letters));
  for (const length of [0, 1, 29, 30, 31, 59, 60, 61, 150, 400]) {
    for (const letters of [1, 2, 5, 40]) {
      const [left, right] = [text(length, letters), text(random.integer(420), letters)];
      expect(commonSubsequence(left, right), `${length} of ${letters}`).toBe(byTable(left, right));
      expect(commonSubsequence(right, left)).toBe(byTable(left, right));
    }
  }
});

test('what is left of a long text is in it', () => {
  const long = Array.from({ length: 20_000 }, (_, index) => (index * index) % 997);
  const kept = long.filter((_, index) => index % 3 !== 0);
  expect(commonSubsequence(long, kept)).toBe(kept.length);
});
