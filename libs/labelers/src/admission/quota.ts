/** What a provider says of one allowance per minute. */
export interface Allowance {
  limit: number;
  remaining: number;
}

/** The allowances that came with an answer; null where it said nothing. */
export interface Quota {
  requests: Allowance | null;
  tokens: Allowance | null;
}

/** Reads `x-ratelimit-limit-…` and `x-ratelimit-remaining-…`; null when there is neither. */
export function quotaOf(headers: { get(name: string): string | null } | undefined): Quota | null {
  const requests = allowanceOf(headers, 'requests');
  const tokens = allowanceOf(headers, 'tokens');
  return requests === null && tokens === null ? null : { requests, tokens };
}

function allowanceOf(
  headers: { get(name: string): string | null } | undefined,
  what: string,
): Allowance | null {
  const limit = Number(headers?.get(`x-ratelimit-limit-${what}`) || NaN);
  const remaining = Number(headers?.get(`x-ratelimit-remaining-${what}`) || NaN);
  return limit > 0 && remaining >= 0 ? { limit, remaining } : null;
}
