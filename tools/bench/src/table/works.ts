/** What a run gives: a figure to compare, nothing, or its time where that is not the wall's. */
export type Found = number | null | { readonly seconds: number };
export type Work = () => Found | Promise<Found>;

/** Both sides of a comparison. What they read lies in `folder`, written by `prepare` once for a size. */
export interface Works {
  readonly prepare: (folder: string, size: number) => Promise<void>;
  readonly ours: (folder: string, size: number) => Promise<Work>;
  readonly plain: 'python' | ((folder: string, size: number) => Promise<Work>);
  /** Where the work is done by another process; called at the end. */
  readonly peakKibibytes?: () => number;
}

/** By the names of their rows. Loaded alone, so that a process holds nothing of the others. */
export const WORKS = {
  sampling: async () => (await import('./works/sampling.ts')).sampling,
  journal: async () => (await import('./works/journal.ts')).journal,
  search: async () => (await import('./works/search.ts')).search,
  graph: async () => (await import('./works/graph.ts')).graph,
  input: async () => (await import('./works/input.ts')).input,
  boxes: async () => (await import('./works/boxes.ts')).boxes,
  scheduler: async () => (await import('./works/scheduler.ts')).scheduler,
  dataset: async () => (await import('./works/dataset.ts')).dataset,
  review: async () => (await import('./works/review.ts')).review,
} satisfies Record<string, () => Promise<Works>>;
export type WorkName = keyof typeof WORKS;
