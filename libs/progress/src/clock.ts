/** Time as an argument, so that tests need no waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest timer that there is: with a longer one the system would not wait at all. In ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      let left = ms;
      let timer: NodeJS.Timeout;
      const wait = () => {
        const piece = Math.min(left, LONGEST_TIMER_MS);
        left -= piece;
        timer = setTimeout(left > 0 ? wait : done, piece);
      };
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const done = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      wait();
    }),
};
