/** Places of the texts in batches of similar length, longest first, so that little is padded and a lack of memory shows at once. */
export function planBatches(lengths: readonly number[], batchSize: number): number[][] {
  const places = lengths.map((_, place) => place).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  return Array.from({ length: Math.ceil(places.length / batchSize) }, (_, batch) =>
    places.slice(batch * batchSize, (batch + 1) * batchSize),
  );
}
