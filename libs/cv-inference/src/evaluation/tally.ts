/** How many things there are, were found, and were found rightly. */
export interface Tally {
  readonly truth: number;
  readonly found: number;
  readonly right: number;
}

export const EMPTY_TALLY: Tally = { truth: 0, found: 0, right: 0 };

export const addTallies = (a: Tally, b: Tally): Tally => ({
  truth: a.truth + b.truth,
  found: a.found + b.found,
  right: a.right + b.right,
});

export interface Scores extends Tally {
  /** right ÷ found; 1 when nothing was found and nothing was there, 0 when nothing was found. */
  readonly precision: number;
  /** right ÷ truth; 1 when there was nothing to find. */
  readonly recall: number;
  /** 2 × right ÷ (truth + found); 1 when there was nothing and nothing was found. */
  readonly f1: number;
}

export function scoresOf({ truth, found, right }: Tally): Scores {
  const isNothing = truth + found === 0;
  return {
    truth,
    found,
    right,
    precision: found === 0 ? (isNothing ? 1 : 0) : right / found,
    recall: truth === 0 ? 1 : right / truth,
    f1: isNothing ? 1 : (2 * right) / (truth + found),
  };
}
