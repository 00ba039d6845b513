import PQueue from 'p-queue';

/**
 * Embeds texts in batches, some at a time, and gives the vectors in the order of the texts. The first error ends it: batches
 * that have not begun are dropped, those under way are aborted.
 */
export async function embedInBatches(
  texts: readonly string[],
  {
    batchSize,
    concurrency,
    signal,
  }: { batchSize: number; concurrency: number; signal: AbortSignal | undefined },
  embedBatch: (batch: string[], firstIndex: number, signal: AbortSignal) => Promise<Float32Array[]>,
): Promise<Float32Array[]> {
  signal?.throwIfAborted();
  const failure = new AbortController();
  const both = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
  const queue = new PQueue({ concurrency });
  const starts = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, batch) => batch * batchSize);
  const batches = await Promise.all(
    starts.map((start) =>
      queue.add(async () => {
        both.throwIfAborted();
        try {
          return await embedBatch(texts.slice(start, start + batchSize), start, both);
        } catch (error) {
          failure.abort(error);
          throw error;
        }
      }),
    ),
  );
  return batches.flat();
}
