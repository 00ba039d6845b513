import { describe, expect, it } from 'vitest';
import { FIRST_QUESTION } from '../teachers/first-question.ts';
import { makeIds, makeItem } from '../testing/make-item.ts';
import { planBatches } from './plan-batches.ts';

const requests = makeIds(10).map((id) => ({ key: id, item: makeItem(id), followUp: FIRST_QUESTION }));
const sizes = (limits: { maxRequests: number; maxBytes: number }) =>
  planBatches(requests, { ...limits, bytesOf: ({ key }) => (key === 'plan-005' ? 60 : 10) }).map(
    (batch) => batch.length,
  );

describe('planBatches', () => {
  it('keeps to the number of requests and to the bytes, in order', () => {
    expect(sizes({ maxRequests: 100, maxBytes: 1000 })).toEqual([10]);
    expect(sizes({ maxRequests: 4, maxBytes: 1000 })).toEqual([4, 4, 2]);
    // Four of ten bytes, then the one of sixty takes the next batch nearly alone.
    expect(sizes({ maxRequests: 100, maxBytes: 80 })).toEqual([4, 3, 3]);
    const planned = planBatches(requests, { maxRequests: 3, maxBytes: 1000, bytesOf: () => 1 }).flat();
    expect(planned).toEqual(requests);
  });

  it('sends a request alone that is larger than a batch may be: the provider will say so', () => {
    expect(sizes({ maxRequests: 100, maxBytes: 50 })).toEqual([4, 1, 5]);
  });

  it('makes nothing of nothing', () => {
    expect(planBatches([], { maxRequests: 1, maxBytes: 1, bytesOf: () => 1 })).toEqual([]);
  });
});
