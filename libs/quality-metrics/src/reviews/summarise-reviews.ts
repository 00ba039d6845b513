import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { Proportion } from '../statistics/wilson-interval.ts';
import { latestReviews } from './latest-reviews.ts';
import type { ManualReview, ManualScores } from './manual-review.ts';
import { pairVotes, pairsOf, verdictOf } from './pair-votes.ts';
import type { PairVote } from './pair-votes.ts';

/** What is known of a teacher's label of a drawing without a person: higher is better. */
export interface LabelEvidence {
  /** Weighted sum of the eight metrics. */
  metrics: number;
  /** Weighted sum of the grounding metrics. */
  grounding: number;
}

export interface ReviewerSummary {
  reviewer: string;
  /** Drawings reviewed. */
  items: number;
  /** Of the drawings shown twice, those with the same verdict both times; null when none was. */
  selfAgreement: Proportion | null;
  /** Reviews before which the reviewer looked at what the graph denies. */
  contradictionsShown: number;
  medianSeconds: number;
}

export interface ManualPairSummary {
  first: string;
  second: string;
  /** Drawings with a verdict; each counts once, however many reviewers saw it. */
  items: number;
  firstWins: number;
  secondWins: number;
  equal: number;
  bothBad: number;
  /** Share of the drawings with a winner that the first teacher won; null when none has one. */
  winRate: Proportion | null;
  /** Of the drawings with a winner that differ in the metrics: those that the metrics call alike. */
  agreementWithMetrics: Proportion | null;
  agreementWithGrounding: Proportion | null;
}

export interface ManualSummary {
  reviews: number;
  reviewers: ReviewerSummary[];
  pairs: ManualPairSummary[];
  /** Mean five-point scores by teacher. */
  scores: { teacher: string; reviews: number; means: ManualScores }[];
  /** Of all meetings of two reviewers over one drawing and pair: those with the same verdict. */
  reviewerAgreement: Proportion | null;
}

/**
 * What the reviews of several people say about the teachers. A second showing measures the reviewer and has no vote. A drawing has
 * one vote per pair of teachers, that of most reviewers, so that drawings seen by many do not count more.
 *
 * @param evidence null where the drawing or the teacher's label is not known
 */
export function summariseReviews(
  reviews: Iterable<ManualReview>,
  evidence: (stem: string, teacher: string) => LabelEvidence | null = () => null,
): ManualSummary {
  const latest = latestReviews(reviews);
  const first = latest.filter(({ repeat }) => repeat === 0);
  return {
    reviews: latest.length,
    reviewers: reviewersOf(latest).map((reviewer) => summariseReviewer(reviewer, latest)),
    pairs: pairsOf(first).map((pair) => summarisePair(pairVotes(first, pair), pair, evidence)),
    scores: meanScoresOf(first),
    reviewerAgreement: reviewerAgreement(first),
  };
}

function reviewersOf(reviews: readonly ManualReview[]): string[] {
  return [...new Set(reviews.map(({ reviewer }) => reviewer))].sort();
}

function summariseReviewer(reviewer: string, all: readonly ManualReview[]): ReviewerSummary {
  const own = all.filter((review) => review.reviewer === reviewer);
  const firsts = new Map(own.filter(({ repeat }) => repeat === 0).map((review) => [review.stem, review]));
  let same = 0;
  let twice = 0;
  for (const second of own.filter(({ repeat }) => repeat === 1)) {
    const earlier = firsts.get(second.stem);
    if (earlier === undefined || pairsOf([earlier, second]).length !== 1) continue;
    twice++;
    // The sides are drawn anew for every showing: what counts is the teacher.
    if (verdictOf(earlier) === verdictOf(second)) same++;
  }
  const seconds = own.map((review) => review.seconds).sort((a, b) => a - b);
  const middle = seconds.length / 2;
  return {
    reviewer,
    items: new Set(own.map(({ stem }) => stem)).size,
    selfAgreement: wilsonInterval(same, twice),
    contradictionsShown: own.filter((review) => review.contradictions_shown).length,
    medianSeconds: ((seconds[Math.ceil(middle) - 1] as number) + (seconds[Math.floor(middle)] as number)) / 2,
  };
}

function summarisePair(
  votes: readonly PairVote[],
  [first, second]: readonly [string, string],
  evidence: (stem: string, teacher: string) => LabelEvidence | null,
): ManualPairSummary {
  const count = (winner: PairVote['winner']) => votes.filter((vote) => vote.winner === winner).length;
  const decided = votes.filter(({ winner }) => winner === first || winner === second);
  const agreement = (measure: keyof LabelEvidence): Proportion | null => {
    let agreed = 0;
    let told = 0;
    for (const { stem, winner } of decided) {
      const [a, b] = [evidence(stem, first), evidence(stem, second)];
      if (a === null || b === null || Math.abs(a[measure] - b[measure]) < 1e-9) continue;
      told++;
      if (winner === (a[measure] > b[measure] ? first : second)) agreed++;
    }
    return wilsonInterval(agreed, told);
  };
  return {
    first,
    second,
    items: votes.length,
    firstWins: count(first),
    secondWins: count(second),
    equal: count('equal'),
    bothBad: count('both_bad'),
    winRate: wilsonInterval(count(first), decided.length),
    agreementWithMetrics: agreement('metrics'),
    agreementWithGrounding: agreement('grounding'),
  };
}

function meanScoresOf(reviews: readonly ManualReview[]): ManualSummary['scores'] {
  const byTeacher = new Map<string, ManualScores[]>();
  for (const { left, right, scores } of reviews) {
    for (const [teacher, given] of [
      [left, scores.left],
      [right, scores.right],
    ] as const) {
      byTeacher.set(teacher, [...(byTeacher.get(teacher) ?? []), given]);
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [...byTeacher]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([teacher, given]) => ({
      teacher,
      reviews: given.length,
      means: {
        correctness: mean(given.map(({ correctness }) => correctness)),
        completeness: mean(given.map(({ completeness }) => completeness)),
        usefulness: mean(given.map(({ usefulness }) => usefulness)),
      },
    }));
}

function reviewerAgreement(reviews: readonly ManualReview[]): Proportion | null {
  let same = 0;
  let meetings = 0;
  for (const group of Map.groupBy(reviews, ({ stem, left, right }) =>
    JSON.stringify([stem, ...[left, right].sort()]),
  ).values()) {
    for (const [index, a] of group.entries()) {
      for (const b of group.slice(index + 1)) {
        meetings++;
        if (verdictOf(a) === verdictOf(b)) same++;
      }
    }
  }
  return wilsonInterval(same, meetings);
}
