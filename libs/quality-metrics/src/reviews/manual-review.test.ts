import { describe, expect, it } from 'vitest';
import { manualReviewSchema } from './manual-review.ts';

const REVIEW = {
  stem: 'APT_FP_OBJ_001046197',
  reviewer: '김하나',
  repeat: 0,
  left: 'openai',
  right: 'gemini',
  verdict: 'left',
  scores: {
    left: { correctness: 5, completeness: 4, usefulness: 4 },
    right: { correctness: 2, completeness: 4, usefulness: 3 },
  },
  note: '',
  contradictions_shown: false,
  seconds: 41.2,
  left_sha256: 'a'.repeat(64),
  right_sha256: '0'.repeat(64),
  at: '2026-11-26T10:00:00.000Z',
};

describe('manualReviewSchema', () => {
  it('reads a review, and passes over keys that it does not know', () => {
    expect(manualReviewSchema.parse({ ...REVIEW, version: 2 })).toEqual(REVIEW);
  });

  it.each([
    [
      'a score out of range',
      { scores: { ...REVIEW.scores, left: { ...REVIEW.scores.left, usefulness: 6 } } },
    ],
    ['half a point', { scores: { ...REVIEW.scores, left: { ...REVIEW.scores.left, usefulness: 3.5 } } }],
    ['an unknown verdict', { verdict: 'A' }],
    ['a third showing', { repeat: 2 }],
    ['no reviewer', { reviewer: ' ' }],
    ['a hash that is none', { left_sha256: 'abc' }],
    ['a time without a zone', { at: '2026-11-26T10:00:00' }],
    ['a negative time', { seconds: -1 }],
  ])('refuses %s', (_name, change) => {
    expect(manualReviewSchema.safeParse({ ...REVIEW, ...change }).success).toBe(false);
  });
});
