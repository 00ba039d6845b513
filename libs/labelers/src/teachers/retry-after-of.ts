/** No allowance is filled more slowly: a server that says more is mistaken, and is asked once a day. */
export const LONGEST_WAIT_MS = 86_400_000;

/**
 * How long the server asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date, or else the
 * time until the used-up budget (`x-ratelimit-remaining-…` 0) is filled again. Null when it does not say.
 */
export function retryAfterOf(headers: Headers | undefined, now: () => number = Date.now): number | null {
  const told = toldBy(headers, now);
  return told === null ? null : Math.min(told, LONGEST_WAIT_MS);
}

function toldBy(headers: Headers | undefined, now: () => number): number | null {
  const exact = headers?.get('retry-after-ms') ?? '';
  const ms = Number(exact);
  // Number('') is 0, and an empty header says nothing.
  if (exact !== '' && Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers?.get('retry-after') ?? '';
  if (value === '') return headers === undefined ? null : budgetResetOf(headers);
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now());
}

/** The longest reset of OpenAI's budgets that are used up. */
function budgetResetOf(headers: Headers): number | null {
  const waits = ['requests', 'tokens']
    .filter((budget) => Number(headers.get(`x-ratelimit-remaining-${budget}`) ?? NaN) <= 0)
    .map((budget) => goDurationMs(headers.get(`x-ratelimit-reset-${budget}`) ?? ''))
    .filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration as Go prints it, such as `6m0s`, `1.5s` or `120ms`; null for anything else. */
function goDurationMs(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(text)) return null;
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit as string] as number),
    0,
  );
}
