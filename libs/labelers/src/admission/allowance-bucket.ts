import type { Allowance } from './quota.ts';

const MINUTE_MS = 60_000;
/** Part of the announced rate that is used, so that two clocks need not agree. */
const USED_SHARE = 0.99;

/** Our own account of an allowance that fills up evenly, held against what the provider says of it. */
export interface AllowanceBucket {
  /** Milliseconds until `amount` may be taken; 0: now. More than the whole allowance counts as the whole. */
  waitFor(amount: number, now: number): number;
  take(amount: number, now: number): void;
  /** Takes over what came with an answer. Less than in our account is believed; more is not, since it may be older. */
  observe(allowance: Allowance, underWay: number, now: number): void;
}

export function createAllowanceBucket(): AllowanceBucket {
  let limit: number | null = null;
  let level = 0;
  let updatedAt = 0;

  function refill(now: number): void {
    if (limit === null) return;
    level = Math.min(limit, level + ((now - updatedAt) / MINUTE_MS) * limit * USED_SHARE);
    updatedAt = now;
  }

  return {
    waitFor(amount, now) {
      if (limit === null) return 0;
      refill(now);
      const missing = Math.min(amount, limit) - level;
      return missing <= 1e-9 ? 0 : Math.ceil((missing / (limit * USED_SHARE)) * MINUTE_MS);
    },
    take(amount, now) {
      refill(now);
      level -= amount;
    },
    observe(allowance, underWay, now) {
      refill(now);
      const isNew = limit !== allowance.limit;
      limit = allowance.limit;
      updatedAt = now;
      // Requests under way may not be in the provider's figure yet.
      const left = Math.max(0, allowance.remaining - underWay);
      level = isNew ? left : Math.min(level, allowance.remaining);
    },
  };
}
