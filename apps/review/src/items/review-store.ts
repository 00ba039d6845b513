import { openJournal, readJournal, type Journal } from '@arae/progress';
import { manualReviewSchema, type ManualReview } from '@arae/quality-metrics';

/** The reviews of a data folder: those on the disk, and those that come. */
export interface ReviewStore {
  /** Lines of the file that are no reviews: torn by a kill, or damaged. They stay where they are. */
  readonly damaged: number;
  /** The last review of a showing by a reviewer. */
  find(reviewer: string, stem: string, repeat: 0 | 1): ManualReview | undefined;
  /** Resolves when the review is on the disk. */
  append(review: ManualReview): Promise<void>;
  close(): Promise<void>;
}

export async function openReviewStore(path: string): Promise<ReviewStore> {
  const reviews = new Map<string, ManualReview>();
  const key = (reviewer: string, stem: string, repeat: number) => JSON.stringify([reviewer, stem, repeat]);
  let damaged = 0;
  for await (const line of readJournal(path)) {
    const parsed = 'record' in line ? manualReviewSchema.safeParse(line.record) : undefined;
    if (parsed?.success !== true) damaged++;
    else reviews.set(key(parsed.data.reviewer, parsed.data.stem, parsed.data.repeat), parsed.data);
  }
  let journal: Promise<Journal> | undefined;
  return {
    damaged,
    find: (reviewer, stem, repeat) => reviews.get(key(reviewer, stem, repeat)),
    append: async (review) => {
      // The file comes into being with the first review.
      journal ??= openJournal(path);
      await (await journal).append(review);
      reviews.set(key(review.reviewer, review.stem, review.repeat), review);
    },
    close: async () => (await journal)?.close(),
  };
}
