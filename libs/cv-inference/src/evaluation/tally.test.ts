import { describe, expect, it } from 'vitest';
import { addTallies, EMPTY_TALLY, scoresOf } from './tally.ts';

describe('tallies', () => {
  it('add up', () => {
    const sum = addTallies({ truth: 4, found: 5, right: 3 }, { truth: 1, found: 0, right: 0 });
    expect(sum).toEqual({ truth: 5, found: 5, right: 3 });
    expect(addTallies(EMPTY_TALLY, sum)).toEqual(sum);
  });

  it.each([
    [{ truth: 4, found: 5, right: 3 }, 3 / 5, 3 / 4, 6 / 9],
    [{ truth: 2, found: 2, right: 2 }, 1, 1, 1],
    [{ truth: 2, found: 2, right: 0 }, 0, 0, 0],
    [{ truth: 2, found: 0, right: 0 }, 0, 0, 0],
    // There was nothing to find, but something was said.
    [{ truth: 0, found: 2, right: 0 }, 0, 1, 0],
    [EMPTY_TALLY, 1, 1, 1],
  ])('%o', (tally, precision, recall, f1) => {
    expect(scoresOf(tally)).toEqual({ ...tally, precision, recall, f1 });
  });
});
