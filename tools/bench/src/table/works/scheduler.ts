import { measureThroughput } from '../../labeling/measure-throughput.ts';
import type { Works } from '../works.ts';

const CONCURRENCY = 5;

/**
 * Labelling with five places against log-normal latencies on a simulated clock: the time is that of the simulation, for a thousand answers, and
 * the ideal is what the places allow at the mean latency.
 */
export const scheduler: Works = {
  prepare: () => Promise.resolve(),
  ours: (_folder, size) =>
    Promise.resolve(async () => {
      const { perSecond } = await measureThroughput(size, CONCURRENCY, null);
      return { seconds: 1000 / perSecond };
    }),
  plain: (_folder, size) =>
    Promise.resolve(async () => {
      const { idealPerSecond } = await measureThroughput(size, CONCURRENCY, null);
      return { seconds: 1000 / idealPerSecond };
    }),
};
