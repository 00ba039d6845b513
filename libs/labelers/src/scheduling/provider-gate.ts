import type { Clock } from '@arae/progress';

/** Holds back all requests to one provider while it has asked for a pause. */
export interface ProviderGate {
  /** Waits until requests are allowed; rejects with the signal's reason when aborted. */
  pass(signal?: AbortSignal): Promise<void>;
  /** Starts a pause or makes a running one longer, never shorter. Returns the milliseconds from now to its end. */
  pause(ms: number): number;
}

export function createProviderGate(clock: Clock): ProviderGate {
  let openAt = -Infinity;
  return {
    async pass(signal) {
      // The pause may have grown while this was waiting.
      for (let left = openAt - clock.now(); left > 0; left = openAt - clock.now()) {
        await clock.sleep(left, signal);
      }
    },
    pause(ms) {
      openAt = Math.max(openAt, clock.now() + ms);
      return openAt - clock.now();
    },
  };
}
