import type { Random } from '@arae/floorplan';
import { RateLimitedError, TransientTeacherError } from '../errors/teacher-errors.ts';
import type { TeacherError } from '../errors/teacher-errors.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Counts what one item has met, and says how long to wait. Faults and 429s are counted apart. */
export interface RetryWaits {
  /** Milliseconds until the next try; null to give up. */
  after(error: TeacherError): number | null;
}

export function createRetryWaits(policy: RetryPolicy, random: Random): RetryWaits {
  let faults = 0;
  let rateLimits = 0;
  return {
    after(error) {
      if (error instanceof RateLimitedError) {
        rateLimits++;
        return rateLimits > policy.maxRateLimits ? null : (error.retryAfterMs ?? policy.rateLimitPauseMs);
      }
      if (!(error instanceof TransientTeacherError)) return null;
      const delay = policy.faultDelaysMs[faults++];
      if (delay === undefined) return null;
      return Math.round(delay * (1 + policy.jitter * (2 * random.fraction() - 1)));
    },
  };
}
