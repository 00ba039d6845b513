import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualReviewSchema, type ManualReview } from '@arae/quality-metrics';

export const reviewsIn = (data: string): ManualReview[] =>
  readFileSync(join(data, 'manual_reviews.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => manualReviewSchema.parse(JSON.parse(line)));
