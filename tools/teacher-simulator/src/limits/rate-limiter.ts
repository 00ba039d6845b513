import type { RateLimitHit, RateLimitState } from '../protocols/wire-protocol.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the headers speak of where no limit is set. */
const GENEROUS = { requests: 10_000, tokens: 30_000_000 };

export interface RateLimits {
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
}

interface Buckets {
  requests: TokenBucket;
  tokens: TokenBucket;
}

/** Requests and tokens per minute, counted for each model. */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #buckets = new Map<string, Buckets>();

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Takes one request and its tokens; says which limit was hit when one has too little left, then taking nothing. */
  admit(model: string, tokens: number, now: number): RateLimitHit | null {
    const buckets = this.#bucketsOf(model, now);
    const hits: RateLimitHit[] = [];
    if (this.#limits.requestsPerMinute !== null) {
      hits.push(hitOn('requests', buckets.requests, 1, now));
    }
    if (this.#limits.tokensPerMinute !== null) hits.push(hitOn('tokens', buckets.tokens, tokens, now));
    const worst = hits.sort((a, b) => b.retryAfterMs - a.retryAfterMs)[0];
    if (worst !== undefined && worst.retryAfterMs > 0) return worst;
    buckets.requests.take(1, now);
    buckets.tokens.take(tokens, now);
    return null;
  }

  state(model: string, now: number): RateLimitState {
    const { requests, tokens } = this.#bucketsOf(model, now);
    return { requests: stateOf(requests, now), tokens: stateOf(tokens, now) };
  }

  #bucketsOf(model: string, now: number): Buckets {
    let buckets = this.#buckets.get(model);
    if (buckets === undefined) {
      buckets = {
        requests: new TokenBucket(this.#limits.requestsPerMinute ?? GENEROUS.requests, now),
        tokens: new TokenBucket(this.#limits.tokensPerMinute ?? GENEROUS.tokens, now),
      };
      this.#buckets.set(model, buckets);
    }
    return buckets;
  }
}

function hitOn(
  what: RateLimitHit['what'],
  bucket: TokenBucket,
  requested: number,
  now: number,
): RateLimitHit {
  return { what, limit: bucket.limit, requested, retryAfterMs: bucket.waitFor(requested, now) };
}

function stateOf(bucket: TokenBucket, now: number): RateLimitState['requests'] {
  return { limit: bucket.limit, remaining: bucket.remaining(now), resetMs: bucket.fullIn(now) };
}
