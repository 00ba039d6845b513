/** How often and after what time a request is made again. */
export interface RetryPolicy {
  /** Milliseconds before the 1st, 2nd, 3rd … retry after a fault (5xx, timeout, cut connection); its length bounds them. */
  faultDelaysMs: readonly number[];
  /** Share by which a delay is spread, up and down: 0.25 means ±25 %. */
  jitter: number;
  /** Milliseconds to pause after a 429 that does not say how long. */
  rateLimitPauseMs: number;
  /** 429s that one item may meet before it is given up. */
  maxRateLimits: number;
  /** Answers asked for one item: a bad one is asked again until this number is reached. */
  maxAnswers: number;
  /** Milliseconds after which an item is asked no more, pauses included. */
  maxItemMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  faultDelaysMs: [2000, 4000, 8000],
  jitter: 0.25,
  rateLimitPauseMs: 60_000,
  maxRateLimits: 20,
  maxAnswers: 2,
  maxItemMs: 3_600_000,
};
