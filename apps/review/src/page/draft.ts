import type { ItemAnswer, Scores, Side, Verdict } from '../contract.ts';

export const CRITERIA = ['correctness', 'completeness', 'usefulness'] as const;
export type Criterion = (typeof CRITERIA)[number];

export type DraftScores = Record<Side, Partial<Record<Criterion, number>>>;

/** An answer that is being given. */
export interface Draft {
  readonly verdict: Verdict | null;
  readonly scores: DraftScores;
  readonly note: string;
  readonly hasSeenContradictions: boolean;
}

/** The cells in the order in which the digits fill them. */
export const CELLS = (['left', 'right'] as const).flatMap((side) =>
  CRITERIA.map((criterion) => ({ side, criterion })),
);

export const EMPTY: Draft = {
  verdict: null,
  scores: { left: {}, right: {} },
  note: '',
  hasSeenContradictions: false,
};

export function withScore(draft: Draft, side: Side, criterion: Criterion, points: number): Draft {
  return { ...draft, scores: { ...draft.scores, [side]: { ...draft.scores[side], [criterion]: points } } };
}

/** All scores; null while one is missing. */
export function wholeScores({ left, right }: DraftScores): Scores | null {
  const whole = (scores: DraftScores[Side]) => CRITERIA.every((criterion) => scores[criterion] !== undefined);
  return whole(left) && whole(right) ? ({ left, right } as Scores) : null;
}

/** A draft outlives a reload of the page, until its item is saved or its labels change. */
const keyOf = (reviewer: string, { stem, hashes }: ItemAnswer): string =>
  `draft ${JSON.stringify([reviewer, stem, hashes.left, hashes.right])}`;

export function loadDraft(reviewer: string, item: ItemAnswer): Draft {
  const kept = localStorage.getItem(keyOf(reviewer, item));
  if (kept !== null) return JSON.parse(kept) as Draft;
  return item.given ?? EMPTY;
}

export function keepDraft(reviewer: string, item: ItemAnswer, draft: Draft): void {
  localStorage.setItem(keyOf(reviewer, item), JSON.stringify(draft));
}

export function dropDraft(reviewer: string, item: ItemAnswer): void {
  localStorage.removeItem(keyOf(reviewer, item));
}
