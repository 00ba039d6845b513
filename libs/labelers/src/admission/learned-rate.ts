const MINUTE_MS = 60_000;
/** Least and most by which a rate is lowered that met a 429. */
const LOWERED_TO = { atMost: 0.97, atLeast: 0.85 };
/** By how much and how often it is raised while none comes. */
const RAISED_TO = 1.005;
const RAISE_EVERY_MS = 15_000;
/** Fewer requests in the last minute say nothing about a limit. */
const MIN_SAMPLE = 10;

/** The requests per minute that a provider grants without saying so, learned from its 429s. */
export interface LearnedRate {
  /** Requests per minute; null while nothing is known. */
  readonly perMinute: number | null;
  /** Milliseconds until the next request may start. */
  waitFor(now: number): number;
  started(now: number): void;
  /** An answer came. */
  granted(now: number): void;
  /** A 429 came. */
  limited(now: number): void;
}

export function createLearnedRate(): LearnedRate {
  let perMinute: number | null = null;
  let raisedAt = 0;
  let loweredAt = -Infinity;
  let nextAt = -Infinity;
  const starts = createLastMinute();
  const grants = createLastMinute();

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
      starts.add(now);
      // Places that were not used are not saved up: a provider's window forgives no burst.
      if (perMinute !== null) nextAt = Math.max(nextAt, now) + MINUTE_MS / perMinute;
    },
    granted(now) {
      grants.add(now);
    },
    limited(now) {
      raisedAt = now;
      // A window that is full stays full for a while: what comes meanwhile says nothing about the rate set since.
      if (now - loweredAt < MINUTE_MS) return;
      if (perMinute === null) {
        const sample = starts.count(now);
        if (sample < MIN_SAMPLE) return;
        perMinute = sample;
      } else {
        // What was granted in a minute at this rate is what can be granted.
        const share = grants.count(now) / perMinute;
        perMinute *= Math.min(LOWERED_TO.atMost, Math.max(LOWERED_TO.atLeast, share));
      }
      loweredAt = now;
    },
  };
}

/** Counts what happened in the last minute. */
function createLastMinute(): { add(now: number): void; count(now: number): number } {
  let times: number[] = [];
  const forget = (now: number) => {
    times = times.filter((at) => at > now - MINUTE_MS);
  };
  return {
    add(now) {
      times.push(now);
      // Now and then, so that a night's worth is not kept.
      if (times.length % 1024 === 0) forget(now);
    },
    count(now) {
      forget(now);
      return times.length;
    },
  };
}
