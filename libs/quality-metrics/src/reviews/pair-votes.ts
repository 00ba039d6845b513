import type { ManualReview } from './manual-review.ts';

/** What the reviewers made of one drawing: the name of a teacher, or neither. */
export interface PairVote {
  stem: string;
  winner: string;
}

/** The verdict with the side's teacher in its place. */
export function verdictOf({ verdict, left, right }: ManualReview): string {
  return verdict === 'left' ? left : verdict === 'right' ? right : verdict;
}

/** Pairs of teachers that met, by name. */
export function pairsOf(reviews: readonly ManualReview[]): [first: string, second: string][] {
  const pairs = new Map<string, [string, string]>();
  for (const { left, right } of reviews) {
    const pair: [string, string] = left < right ? [left, right] : [right, left];
    pairs.set(JSON.stringify(pair), pair);
  }
  return [...pairs.values()].sort(([a, b], [c, d]) => (a < c || (a === c && b < d) ? -1 : 1));
}

/** One vote per drawing: for the teacher that more reviewers prefer; else `both_bad` when most say so, else `equal`. */
export function pairVotes(
  reviews: readonly ManualReview[],
  [first, second]: readonly [string, string],
): PairVote[] {
  const ofPair = reviews.filter(
    ({ left, right }) => (left === first && right === second) || (left === second && right === first),
  );
  return [...Map.groupBy(ofPair, ({ stem }) => stem)].map(([stem, group]) => {
    const verdicts = group.map(verdictOf);
    const votes = (verdict: string) => verdicts.filter((given) => given === verdict).length;
    const lead = votes(first) - votes(second);
    if (lead !== 0) return { stem, winner: lead > 0 ? first : second };
    return { stem, winner: votes('both_bad') > group.length / 2 ? 'both_bad' : 'equal' };
  });
}
