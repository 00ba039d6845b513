import { describe, expect, it } from 'vitest';
import { matchThings } from './match-things.ts';

/** Scores by row (true) and column (found). */
function matched(scores: readonly (readonly number[])[], least: number): number[][] {
  const columns = scores[0]?.map((_, index) => index) ?? [];
  return matchThings(scores, columns, (row, column) => row[column] as number, least).map(
    ({ truth, found, score }) => [truth, found, score],
  );
}

describe('matchThings', () => {
  it('takes the best pair first, each thing once', () => {
    const scores = [
      [0.6, 0.9],
      [0.7, 0.8],
    ];
    expect(matched(scores, 0.5)).toEqual([
      [0, 1, 0.9],
      [1, 0, 0.7],
    ]);
  });

  it('leaves out what scores too little; a score of exactly the least counts', () => {
    expect(matched([[0.49, 0], [0, 0.5]], 0.5)).toEqual([[1, 1, 0.5]]); // prettier-ignore
  });

  it('never pairs what has nothing in common', () => {
    expect(matched([[0]], 0)).toEqual([]);
  });

  it('decides equal scores by order, so that the result never changes', () => {
    const scores = [
      [0.7, 0.7],
      [0.7, 0.7],
    ];
    expect(matched(scores, 0.5)).toEqual([
      [0, 0, 0.7],
      [1, 1, 0.7],
    ]);
  });

  it('knows that there may be none', () => {
    expect(matchThings([], [1], () => 1, 0.5)).toEqual([]);
    expect(matchThings([1], [], () => 1, 0.5)).toEqual([]);
  });
});
