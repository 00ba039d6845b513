import type { RunpodEffects } from '../request-runpod.ts';

export interface RequestGateOptions extends Pick<RunpodEffects, 'sleep' | 'now'> {
  /** Requests that may begin within `windowMs`. */
  readonly perWindow: number;
  readonly windowMs: number;
  /** Requests that may be under way at the same time. */
  readonly concurrent: number;
}

/** Admits requests of one kind no faster than the server wants; all of them wait where one was refused. */
export interface RequestGate {
  /** Rejects as `work` does, and with the signal's reason when aborted while it waits. */
  pass<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Nobody begins before this time, in ms since 1970. */
  closeUntil(timeMs: number): void;
}

export function createRequestGate({
  perWindow,
  windowMs,
  concurrent,
  sleep,
  now,
}: RequestGateOptions): RequestGate {
  /** When the last requests began, oldest first. */
  const begun: number[] = [];
  const waiting: (() => void)[] = [];
  let active = 0;
  let closedUntil = 0;

  async function admit(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      while (begun.length > 0 && begun[0]! <= now() - windowMs) begun.shift();
      const opensAt = Math.max(closedUntil, begun.length < perWindow ? 0 : begun[0]! + windowMs);
      if (opensAt <= now()) {
        begun.push(now());
        return;
      }
      await sleep(opensAt - now(), signal);
    }
  }

  return {
    async pass(work, signal) {
      if (active >= concurrent) await new Promise<void>((resolve) => waiting.push(resolve));
      else active++;
      try {
        await admit(signal);
        return await work();
      } finally {
        // The place is handed on as it is.
        const next = waiting.shift();
        if (next === undefined) active--;
        else next();
      }
    },
    closeUntil(timeMs) {
      closedUntil = Math.max(closedUntil, timeMs);
    },
  };
}
