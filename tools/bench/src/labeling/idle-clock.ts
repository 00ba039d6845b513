import type { Clock } from '@arae/progress';
import type { SimulatorClock } from '@arae/teacher-simulator';

/** Turns of the event loop without a sleeper coming or going after which nobody is taken to be at work. */
const IDLE_TURNS = 12;

interface Sleeper {
  at: number;
  wake: () => void;
}

export interface IdleClock {
  /** Milliseconds since the clock was made. */
  elapsed(): number;
  forLabelers: Clock;
  forSimulator: SimulatorClock;
}

/**
 * One clock for both sides of a run in this process: it jumps to the next sleeper when nobody has anything else to do, so that
 * a pause of a minute takes no time. What waits for the disk or the network counts as idle and has no place in such a run.
 */
export function createIdleClock(): IdleClock {
  const start = Date.parse('2026-11-23T00:00:00Z');
  const sleepers = new Set<Sleeper>();
  let now = start;
  let quietTurns = 0;
  let isTurning = false;

  function turn(): void {
    if (sleepers.size === 0) {
      isTurning = false;
      return;
    }
    if (++quietTurns >= IDLE_TURNS) {
      quietTurns = 0;
      let next = Infinity;
      for (const { at } of sleepers) next = Math.min(next, at);
      now = Math.max(now, next);
      for (const sleeper of [...sleepers]) {
        if (sleeper.at > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    }
    setImmediate(turn);
  }

  /** @param onAbort gets the signal's reason instead of the wake */
  function sleep(ms: number, signal: AbortSignal | undefined, wake: () => void, onAbort: () => void): void {
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    const leave = () => {
      sleepers.delete(sleeper);
      onAbort();
    };
    const sleeper = {
      at: now + ms,
      wake: () => {
        signal?.removeEventListener('abort', leave);
        wake();
      },
    };
    signal?.addEventListener('abort', leave, { once: true });
    sleepers.add(sleeper);
    quietTurns = 0;
    if (isTurning) return;
    isTurning = true;
    setImmediate(turn);
  }

  return {
    elapsed: () => now - start,
    forLabelers: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          sleep(ms, signal, resolve, () => {
            reject(signal?.reason as Error);
          });
        }),
    },
    forSimulator: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          sleep(ms, signal, resolve, resolve);
        }),
    },
  };
}
