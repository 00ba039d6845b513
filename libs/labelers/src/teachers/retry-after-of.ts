/**
 * How long the server asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date.
 * Null when it does not say.
 */
export function retryAfterOf(headers: Headers | undefined, now: () => number = Date.now): number | null {
  const exact = headers?.get('retry-after-ms') ?? '';
  const ms = Number(exact);
  // Number('') is 0, and an empty header says nothing.
  if (exact !== '' && Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers?.get('retry-after') ?? '';
  if (value === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now());
}
