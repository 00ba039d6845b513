import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [499, '0s'],
    [500, '1s'],
    [45_000, '45s'],
    [59_499, '59s'],
    [59_500, '1m 00s'],
    [432_000, '7m 12s'],
    [3_599_499, '59m 59s'],
    [3_599_500, '1h 00m'],
    [11_100_000, '3h 05m'],
    [180_000_000, '50h 00m'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
