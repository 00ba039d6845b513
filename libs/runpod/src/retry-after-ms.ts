/**
 * How long a 429 asks to wait, in ms: `Retry-After` as seconds or date, else the longest reset of a used-up window in
 * `RateLimit` (`"minute";r=0;t=21`). Undefined where neither says.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const told = toldBy(headers, nowMs);
  return told === undefined ? undefined : Math.min(told, LONGEST_WAIT_MS);
}

/** A server that asks for more is mistaken. */
const LONGEST_WAIT_MS = 86_400_000;

function toldBy(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after');
  if (value !== null && value.trim() !== '') {
    const seconds = Number(value);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const date = Date.parse(value);
    if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  }
  const resets = [...(headers.get('ratelimit') ?? '').matchAll(/;\s*r=0\s*;\s*t=(\d+)/g)].map(
    (match) => Number(match[1]) * 1000,
  );
  return resets.length === 0 ? undefined : Math.max(...resets);
}
