import { describe, expect, it } from 'vitest';
import { readGeminiError } from './read-gemini-error.ts';

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
const body = (details: unknown) =>
  JSON.stringify({ error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details } });

describe('readGeminiError', () => {
  it('reads message, status, reason and the fractional delay', () => {
    const details = [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [] },
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED' },
      { '@type': RETRY_INFO, retryDelay: '17.25s' },
    ];
    expect(readGeminiError(body(details))).toEqual({
      message: 'Quota exceeded',
      status: 'RESOURCE_EXHAUSTED',
      reason: 'RATE_LIMIT_EXCEEDED',
      retryAfterMs: 17_250,
    });
  });

  it.each<[string, number | null]>([
    ['90s', 90_000],
    ['0s', 0],
    ['0.5s', 500],
    ['soon', null],
    ['17', null],
    ['1.2.3s', null],
  ])('reads the delay %s as %s ms', (retryDelay, ms) => {
    expect(readGeminiError(body([{ '@type': RETRY_INFO, retryDelay }])).retryAfterMs).toBe(ms);
  });

  it('takes a body in a list', () => {
    expect(readGeminiError(`[${body([])}]`)).toMatchObject({ message: 'Quota exceeded', retryAfterMs: null });
  });

  it.each([
    ['<html>bad gateway</html>'],
    ['null'],
    ['[]'],
    ['{"error": "text"}'],
    ['{"error": {"details": {}}}'],
  ])('gives the text itself for %s', (text) => {
    expect(readGeminiError(text)).toEqual({
      message: text,
      status: undefined,
      reason: undefined,
      retryAfterMs: null,
    });
  });
});
