import { z } from 'zod';

const points = z.int().min(1).max(5);

/** Five-point scores of one analysis; 5 is best. */
const manualScoresSchema = z.object({
  correctness: points,
  completeness: points,
  usefulness: points,
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in small letters');

/**
 * One line of `manual_reviews.jsonl`: what a person said about two analyses of one drawing. Of several lines of one reviewer about
 * one drawing and one showing the last counts, so that a person can change their mind. Keys that are not known are passed over.
 */
export const manualReviewSchema = z.object({
  stem: z.string().min(1).max(200),
  reviewer: z.string().trim().min(1).max(100),
  /** 0: the first showing; 1: the second, which measures the reviewer. */
  repeat: z.int().min(0).max(1),
  /** Teacher whose analysis stood on the left (A); the reviewer did not see the name. */
  left: z.string().min(1),
  /** Teacher whose analysis stood on the right (B). */
  right: z.string().min(1),
  verdict: z.enum(['left', 'right', 'equal', 'both_bad']),
  scores: z.object({ left: manualScoresSchema, right: manualScoresSchema }),
  note: z.string(),
  /** The reviewer looked at what the graph denies before answering. */
  contradictions_shown: z.boolean(),
  /** Time with the item in front, in seconds. */
  seconds: z.number().nonnegative(),
  /** SHA-256 of the bytes of the label file that was shown on the left: a review of another label does not count. */
  left_sha256: sha256,
  right_sha256: sha256,
  /** ISO 8601 with a time zone. */
  at: z.iso.datetime({ offset: true }),
});

export type ManualReview = z.infer<typeof manualReviewSchema>;
export type ManualScores = z.infer<typeof manualScoresSchema>;
