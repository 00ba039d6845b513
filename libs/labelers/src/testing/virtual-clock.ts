import type { Clock } from '@arae/progress';

interface Sleeper {
  at: number;
  resolve: () => void;
}

export interface VirtualClock extends Clock {
  /** Milliseconds since the clock was made. */
  elapsed(): number;
}

/** A clock that jumps to the next sleeper as soon as nobody has anything else to do. */
export function createVirtualClock(): VirtualClock {
  const start = Date.parse('2026-11-23T00:00:00Z');
  let now = start;
  let sleepers: Sleeper[] = [];
  let isArmed = false;

  function arm(): void {
    if (isArmed || sleepers.length === 0) return;
    isArmed = true;
    setImmediate(() => {
      isArmed = false;
      if (sleepers.length === 0) return;
      now = Math.max(now, Math.min(...sleepers.map(({ at }) => at)));
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const { resolve } of due) resolve();
      arm();
    });
  }

  return {
    now: () => now,
    elapsed: () => now - start,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const sleeper = { at: now + ms, resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason as Error);
        });
        arm();
      }),
  };
}
