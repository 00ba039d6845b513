import type { ManualReview } from './manual-review.ts';

/** What stands of a journal of reviews: of several lines of one reviewer about one showing of a drawing the last. */
export function latestReviews(reviews: Iterable<ManualReview>): ManualReview[] {
  const latest = new Map<string, ManualReview>();
  for (const review of reviews) {
    const key = JSON.stringify([review.reviewer, review.stem, review.repeat]);
    // Kept in the order of the last word.
    latest.delete(key);
    latest.set(key, review);
  }
  return [...latest.values()];
}
