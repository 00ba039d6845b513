const MINUTE_MS = 60_000;
/** By how much a rate is lowered that met a 429. */
const LOWERED_TO = 0.95;
/** By how much and how often it is raised while none comes. */
const RAISED_TO = 1.005;
const RAISE_EVERY_MS = 10_000;
/** Fewer requests in the last minute say nothing about a limit. */
const MIN_SAMPLE = 10;

/** The requests per minute that a provider grants without saying so, learned from its 429s. */
export interface LearnedRate {
  /** Requests per minute; null while nothing is known. */
  readonly perMinute: number | null;
  /** Milliseconds until the next request may start. */
  waitFor(now: number): number;
  started(now: number): void;
  /** A 429 came. */
  limited(now: number): void;
}

export function createLearnedRate(): LearnedRate {
  let perMinute: number | null = null;
  let raisedAt = 0;
  let loweredAt = -Infinity;
  let nextAt = -Infinity;
  /** Starts of the last minute. */
  let starts: number[] = [];

  return {
    get perMinute() {
      return perMinute;
    },
    waitFor(now) {
      if (perMinute === null) return 0;
      while (now - raisedAt >= RAISE_EVERY_MS) {
        perMinute *= RAISED_TO;
        raisedAt += RAISE_EVERY_MS;
      }
      return Math.max(0, Math.ceil(nextAt - now));
    },
    started(now) {
      starts.push(now);
      if (starts.length > 1024 && (starts[0] as number) < now - MINUTE_MS) {
        starts = starts.filter((at) => at > now - MINUTE_MS);
      }
      // Places that were not used are not saved up: a provider's window forgives no burst.
      if (perMinute !== null) nextAt = Math.max(nextAt, now) + MINUTE_MS / perMinute;
    },
    limited(now) {
      starts = starts.filter((at) => at > now - MINUTE_MS);
      raisedAt = now;
      // A window that is full stays full for a while: what comes meanwhile says nothing about the rate set since.
      if (now - loweredAt < MINUTE_MS) return;
      if (perMinute !== null) perMinute *= LOWERED_TO;
      else if (starts.length >= MIN_SAMPLE) perMinute = starts.length;
      else return;
      loweredAt = now;
    },
  };
}
