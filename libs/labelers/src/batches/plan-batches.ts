import type { BatchClient, BatchRequest } from './batch-client.ts';

/** Cuts requests into batches that the provider takes, in their order. */
export function planBatches(
  requests: readonly BatchRequest[],
  client: Pick<BatchClient, 'maxRequests' | 'maxBytes' | 'bytesOf'>,
): BatchRequest[][] {
  const batches: BatchRequest[][] = [];
  let bytes = Infinity;
  for (const request of requests) {
    const size = client.bytesOf(request);
    const last = batches.at(-1);
    if (last === undefined || bytes + size > client.maxBytes || last.length >= client.maxRequests) {
      batches.push([request]);
      bytes = size;
    } else {
      last.push(request);
      bytes += size;
    }
  }
  return batches;
}
