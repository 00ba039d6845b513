import { describe, expect, it } from 'vitest';
import { expectLabels } from './label-expectations.ts';

const answer = (id: string, outputTokens: number) => ({
  id,
  usage: { inputTokens: 4000, cachedInputTokens: 0, outputTokens, thinkingTokens: 0 },
  latencyMs: 10_000,
});
const options = { countedInputTokens: 3000, isForeignTokenizer: false, thinks: false, verify: 0 };

describe('expectLabels', () => {
  it('goes by what is known of such labels while there are few answers', () => {
    const few = Array.from({ length: 4 }, (_, index) => answer(String(index), 100));
    const expected = expectLabels(few, options);
    expect(expected.sample).toBe(0);
    expect(expected.inputTokensPerAnswer).toEqual({ p50: 3000, p90: 3000 });
    expect(expected.outputTokensPerAnswer.p50).toBe(2500);
  });

  it('is more careful with another tokenizer, with thinking, and with labels that may be sent back', () => {
    const plain = expectLabels([], options);
    const careful = expectLabels([], { ...options, isForeignTokenizer: true, thinks: true, verify: 2 });
    expect(careful.inputTokensPerAnswer.p90).toBe(1.25 * plain.inputTokensPerAnswer.p90);
    expect(careful.outputTokensPerAnswer.p50).toBeGreaterThan(plain.outputTokensPerAnswer.p50);
    expect(careful.answersPerItem.p90).toBeGreaterThan(plain.answersPerItem.p90 + 1);
  });

  it('goes by the answers as soon as there are a handful', () => {
    const alike = Array.from({ length: 10 }, (_, index) => answer(String(index), 1000));
    expect(expectLabels(alike, options)).toMatchObject({
      sample: 10,
      inputTokensPerAnswer: { p50: 4000, p90: 4000 },
      outputTokensPerAnswer: { p50: 1000, p90: 1000 },
      latencyMs: { p50: 10_000, p90: 10_000 },
    });
    // Twice asked, each of them.
    expect(expectLabels([...alike, ...alike], options).answersPerItem.p50).toBe(2);
  });

  it('is the surer of the mean the more answers there are', () => {
    const spread = (count: number) =>
      expectLabels(
        Array.from({ length: count }, (_, index) => answer(String(index), index % 2 === 0 ? 1000 : 2000)),
        options,
      ).outputTokensPerAnswer;
    expect(spread(6).p50).toBe(1500);
    expect(spread(6).p90).toBeGreaterThan(spread(60).p90);
    // 1.2816 standard deviations of the mean of 60 values that are 1000 or 2000.
    expect(spread(60).p90).toBeCloseTo(1500 + 1.2816 * Math.sqrt((60 * 500 ** 2) / 59 / 60), 6);
  });
});
