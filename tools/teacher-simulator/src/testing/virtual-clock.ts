import type { SimulatorClock } from '../clock.ts';

/** A clock on which a wait takes no time; `advance` moves it by hand. */
export function virtualClock(): SimulatorClock & { advance(ms: number): void } {
  let now = Date.parse('2026-11-23T00:00:00Z');
  return {
    now: () => now,
    sleep(ms) {
      now += ms;
      return Promise.resolve();
    },
    advance(ms) {
      now += ms;
    },
  };
}
