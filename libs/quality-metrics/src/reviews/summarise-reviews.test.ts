import { describe, expect, it } from 'vitest';
import { latestReviews } from './latest-reviews.ts';
import type { ManualReview } from './manual-review.ts';
import { summariseReviews } from './summarise-reviews.ts';

const points = (value: number) => ({ correctness: value, completeness: value, usefulness: value });

function review(
  stem: string,
  verdict: ManualReview['verdict'],
  more: Partial<ManualReview> = {},
): ManualReview {
  return {
    stem,
    reviewer: 'kim',
    repeat: 0,
    left: 'openai',
    right: 'gemini',
    verdict,
    scores: { left: points(4), right: points(2) },
    note: '',
    contradictions_shown: false,
    seconds: 10,
    left_sha256: 'a'.repeat(64),
    right_sha256: 'b'.repeat(64),
    at: '2026-11-26T10:00:00Z',
    ...more,
  };
}
/** The same with the sides turned round. */
const turned = (stem: string, verdict: ManualReview['verdict'], more: Partial<ManualReview> = {}) =>
  review(stem, verdict, {
    left: 'gemini',
    right: 'openai',
    scores: { left: points(2), right: points(4) },
    ...more,
  });

describe('latestReviews', () => {
  it('keeps the last line of a reviewer about a showing', () => {
    const reviews = [
      review('a', 'left'),
      review('a', 'equal', { reviewer: 'lee' }),
      review('a', 'right', { repeat: 1 }),
      review('a', 'both_bad'),
    ];
    expect(latestReviews(reviews).map(({ reviewer, verdict }) => [reviewer, verdict])).toEqual([
      ['lee', 'equal'],
      ['kim', 'right'],
      ['kim', 'both_bad'],
    ]);
  });
});

describe('summariseReviews', () => {
  it('counts wins by teacher, whatever the side', () => {
    const { pairs } = summariseReviews([
      review('a', 'left'),
      turned('b', 'right'),
      turned('c', 'left'),
      review('d', 'equal'),
      review('e', 'both_bad'),
    ]);
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({
      first: 'gemini',
      second: 'openai',
      items: 5,
      firstWins: 1,
      secondWins: 2,
      equal: 1,
      bothBad: 1,
    });
    expect(pairs[0]?.winRate).toMatchObject({ count: 1, of: 3 });
    // Wilson for 1 of 3.
    expect(pairs[0]?.winRate?.low).toBeCloseTo(0.0615, 4);
    expect(pairs[0]?.winRate?.high).toBeCloseTo(0.7923, 4);
  });

  it('gives a drawing one vote, that of most reviewers', () => {
    const by = (reviewer: string) => ({ reviewer });
    const { pairs, reviewerAgreement } = summariseReviews([
      review('a', 'left'),
      review('a', 'left', by('lee')),
      review('a', 'right', by('park')),
      review('b', 'left'),
      review('b', 'right', by('lee')),
      review('c', 'both_bad'),
      turned('c', 'both_bad', by('lee')),
    ]);
    expect(pairs[0]).toMatchObject({ items: 3, secondWins: 1, firstWins: 0, equal: 1, bothBad: 1 });
    // Of 3 + 1 + 1 meetings two agree.
    expect(reviewerAgreement).toMatchObject({ count: 2, of: 5 });
  });

  it('measures a reviewer by the second showing, which has no vote', () => {
    const { reviewers, pairs, reviews } = summariseReviews([
      review('a', 'left', { seconds: 30 }),
      turned('a', 'right', { repeat: 1, contradictions_shown: true }),
      review('b', 'left', { seconds: 20 }),
      turned('b', 'left', { repeat: 1 }),
      review('c', 'right', { reviewer: 'lee' }),
    ]);
    expect(reviews).toBe(5);
    expect(reviewers.map(({ reviewer }) => reviewer)).toEqual(['kim', 'lee']);
    expect(reviewers[0]).toMatchObject({ items: 2, contradictionsShown: 1, medianSeconds: 15 });
    expect(reviewers[0]?.selfAgreement).toMatchObject({ count: 1, of: 2 });
    expect(reviewers[1]?.selfAgreement).toBeNull();
    expect(pairs[0]).toMatchObject({ items: 3, secondWins: 2, firstWins: 1 });
  });

  it('asks metrics and grounding for their opinion where they have one', () => {
    const evidence: Record<string, Record<string, { metrics: number; grounding: number }>> = {
      a: { openai: { metrics: 0.9, grounding: 0.2 }, gemini: { metrics: 0.8, grounding: 1 } },
      b: { openai: { metrics: 0.9, grounding: 0.5 }, gemini: { metrics: 0.9, grounding: 0.4 } },
    };
    const { pairs } = summariseReviews(
      [review('a', 'left'), review('b', 'left'), review('c', 'left')],
      (stem, teacher) => evidence[stem]?.[teacher] ?? null,
    );
    expect(pairs[0]?.agreementWithMetrics).toMatchObject({ count: 1, of: 1 });
    expect(pairs[0]?.agreementWithGrounding).toMatchObject({ count: 1, of: 2 });
  });

  it('gives the mean scores, and keeps pairs of three teachers apart', () => {
    const { scores, pairs } = summariseReviews([
      review('a', 'left'),
      review('b', 'left', { right: 'local', scores: { left: points(2), right: points(5) } }),
    ]);
    expect(scores.map(({ teacher, reviews, means }) => [teacher, reviews, means.usefulness])).toEqual([
      ['gemini', 1, 2],
      ['local', 1, 5],
      ['openai', 2, 3],
    ]);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([
      ['gemini', 'openai'],
      ['local', 'openai'],
    ]);
  });

  it('has nothing to say without reviews', () => {
    expect(summariseReviews([])).toEqual({
      reviews: 0,
      reviewers: [],
      pairs: [],
      scores: [],
      reviewerAgreement: null,
    });
  });
});
