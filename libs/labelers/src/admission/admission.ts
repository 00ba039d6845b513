import type { Clock } from '@arae/progress';
import { createAllowanceBucket } from './allowance-bucket.ts';
import { createLearnedRate } from './learned-rate.ts';
import type { Quota } from './quota.ts';

/** How a request ended, as far as admission goes. */
export type RequestEnd = 'answered' | 'limited' | 'other';

/** What admission has decided, for a display and the journal. */
export interface AdmissionDecision {
  /** Requests that may run at the same time. */
  limit: number;
  /** Requests per minute that were learned; null when the provider says its limits or none was met. */
  perMinute: number | null;
  reason: string;
}

/** Lets requests to one provider and model start: how many at a time, how many per minute, and none during a pause. */
export interface Admission {
  readonly limit: number;
  readonly running: number;
  /** Milliseconds since 1970 at which the pause ends; in the past without one. */
  readonly pausedUntil: number;
  /**
   * Waits for a place; in the order of the calls.
   *
   * @param tokens that the request will probably take, both ways
   * @throws the signal's reason when aborted
   */
  enter(tokens: number, signal?: AbortSignal): Promise<Place>;
  /** Starts a pause or makes a running one longer, never shorter. Returns the milliseconds from now to its end. */
  pause(ms: number): number;
}

/** A request's place; left once. */
export interface Place {
  leave(end: RequestEnd, quota?: Quota | null): void;
}

export interface AdmissionOptions {
  clock: Clock;
  /** The most requests at the same time, from 1. */
  maxConcurrency: number;
  /** Requests at the same time in the beginning; default: 2. */
  firstLimit?: number | undefined;
  onDecision?: ((decision: AdmissionDecision) => void) | undefined;
}

/**
 * Starts with few requests and doubles them with every round of answers, halves them on a 429 and then adds one after every
 * full round without one. Allowances per minute are taken from the answers' headers; where a provider has none, its 429s teach
 * the rate.
 */
export function createAdmission({
  clock,
  maxConcurrency,
  firstLimit = 2,
  onDecision,
}: AdmissionOptions): Admission {
  const requests = createAllowanceBucket();
  const tokens = createAllowanceBucket();
  const learned = createLearnedRate();
  const waiting: { tokens: number; start: () => void }[] = [];
  let limit = Math.min(firstLimit, maxConcurrency);
  let running = 0;
  let isSlowStart = true;
  let successes = 0;
  let openAt = -Infinity;
  let lastCutAt = -Infinity;
  let saysItsLimits = false;
  let wakeAt = Infinity;
  let sleeper = new AbortController();

  function waitFor(amount: number, now: number): number {
    const paused = openAt - now;
    const rates = saysItsLimits
      ? Math.max(requests.waitFor(1, now), tokens.waitFor(amount, now))
      : learned.waitFor(now);
    return Math.max(0, paused, rates);
  }

  function serve(): void {
    for (let next = waiting[0]; next !== undefined && running < limit; next = waiting[0]) {
      const now = clock.now();
      const wait = waitFor(next.tokens, now);
      if (wait > 0) {
        wakeIn(wait, now);
        return;
      }
      waiting.shift();
      running++;
      requests.take(1, now);
      tokens.take(next.tokens, now);
      learned.started(now);
      next.start();
    }
  }

  function wakeIn(ms: number, now: number): void {
    // One sleeper is enough; a later one is asked for when it wakes.
    if (now + ms >= wakeAt) return;
    letSleeperGo();
    wakeAt = now + ms;
    clock.sleep(ms, sleeper.signal).then(
      () => {
        wakeAt = Infinity;
        serve();
      },
      () => undefined,
    );
  }

  /** A timer that nobody waits for would keep a finished process alive. */
  function letSleeperGo(): void {
    sleeper.abort();
    sleeper = new AbortController();
    wakeAt = Infinity;
  }

  function decide(reason: string): void {
    onDecision?.({ limit, perMinute: learned.perMinute, reason });
  }

  function grow(): void {
    if (limit >= maxConcurrency) {
      isSlowStart = false;
      return;
    }
    successes++;
    if (!isSlowStart && successes < limit) return;
    successes = 0;
    limit++;
    if (limit === maxConcurrency) decide('all places open');
  }

  function cut(startedAt: number, now: number): void {
    // Requests that were under way when the last 429 came say nothing new.
    if (startedAt < lastCutAt) return;
    lastCutAt = now;
    isSlowStart = false;
    successes = 0;
    limit = Math.max(1, Math.floor(limit / 2));
    if (!saysItsLimits) learned.limited(now);
    decide('429: half as many at a time');
  }

  function place(): Place {
    const startedAt = clock.now();
    let isLeft = false;
    return {
      leave(end, quota = null) {
        if (isLeft) return;
        isLeft = true;
        running--;
        const now = clock.now();
        if (quota !== null) {
          saysItsLimits = true;
          if (quota.requests !== null) requests.observe(quota.requests, running, now);
          if (quota.tokens !== null) tokens.observe(quota.tokens, 0, now);
        }
        if (end === 'answered') {
          learned.granted(now);
          grow();
        } else if (end === 'limited') cut(startedAt, now);
        serve();
      },
    };
  }

  return {
    get limit() {
      return limit;
    },
    get running() {
      return running;
    },
    get pausedUntil() {
      return openAt;
    },
    enter: (amount, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const onAbort = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          if (waiting.length === 0) letSleeperGo();
          reject(signal?.reason as Error);
        };
        const waiter = {
          tokens: amount,
          start: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve(place());
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(waiter);
        serve();
      }),
    pause(ms) {
      openAt = Math.max(openAt, clock.now() + ms);
      return openAt - clock.now();
    },
  };
}
