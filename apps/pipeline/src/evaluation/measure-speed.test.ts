import { expect, test } from 'vitest';
import { measureSpeed } from './measure-speed.ts';

/** An answer that ended so many milliseconds after the start. */
const answer = (endedMs: number, latencyMs: number, outputTokens = 100) => ({
  at: new Date(Date.UTC(2026, 10, 27) + endedMs).toISOString(),
  latencyMs,
  usage: { inputTokens: 1000, cachedInputTokens: 0, outputTokens, thinkingTokens: 0 },
});

test('answers side by side count their time once, the night between two runs not at all', () => {
  const day = 86_400_000;
  const speed = measureSpeed([answer(2000, 2000), answer(2500, 2000), answer(day, 1000), answer(day, 500)]);
  // 2.5 s and 1 s in which something was asked.
  expect(speed?.tokens_per_second?.together).toBeCloseTo(400 / 3.5);
  expect(speed?.tokens_per_second?.per_answer).toBeCloseTo(75);
  expect(speed).toMatchObject({
    latency_ms: { p50: 1500, p90: 2000, max: 2000 },
    input_tokens: 4000,
    output_tokens: 400,
  });
});

test('a server that counts no tokens has no rate, no answers have no speed', () => {
  const silent = answer(1000, 1000, 0);
  silent.usage.inputTokens = 0;
  expect(measureSpeed([silent])).toEqual({
    latency_ms: { p50: 1000, p90: 1000, max: 1000 },
    input_tokens: null,
    output_tokens: null,
    tokens_per_second: null,
  });
  expect(measureSpeed([])).toBeNull();
});
