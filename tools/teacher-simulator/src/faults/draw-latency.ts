import type { Random } from '@arae/floorplan';
import type { Faults } from './faults-schema.ts';

/** Milliseconds until an answer starts. */
export function drawLatency(latency: Faults['latencyMs'], random: Random): number {
  switch (latency.distribution) {
    case 'fixed':
      return latency.median;
    case 'uniform':
      return latency.min + random.fraction() * (latency.max - latency.min);
    case 'lognormal':
      return latency.median * Math.exp(latency.sigma * drawNormal(random));
  }
}

/** Box–Muller. */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
}
