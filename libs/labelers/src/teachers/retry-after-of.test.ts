import { describe, expect, it } from 'vitest';
import { retryAfterOf } from './retry-after-of.ts';

const now = () => Date.parse('2026-11-23T00:00:00Z');
const wait = (headers: Record<string, string>) => retryAfterOf(new Headers(headers), now);

describe('retryAfterOf', () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after-ms': '0.5' }, 0.5],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '-1', 'retry-after': '9' }, 9000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '2.5' }, 2500],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': '86400' }, 86_400_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 00:01:30 GMT' }, 90_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'later' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '2s' }, 2000],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0.5s' }, 360_500],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '120ms' }, 120],
    [
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '1h1s',
        'x-ratelimit-remaining-tokens': '7',
        'x-ratelimit-reset-tokens': '9h',
      },
      3_601_000,
    ],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': 'soon' }, null],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '2s', 'retry-after': '9' }, 9000],
  ])('reads %o as %s ms', (headers, ms) => {
    expect(wait(headers)).toBe(ms);
  });

  it('knows nothing without headers', () => {
    expect(retryAfterOf(undefined)).toBeNull();
  });
});
