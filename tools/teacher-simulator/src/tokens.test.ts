import { expect, it } from 'vitest';
import { cutToTokens, promptTokensOf, tokensIn } from './tokens.ts';

it('counts o200k tokens, special ones as text', () => {
  expect(tokensIn('hello world')).toBe(2);
  expect(tokensIn('<|endoftext|>')).toBeGreaterThan(1);
  expect(promptTokensOf(['hello world', 'hello world'])).toBe(13);
});

it('takes no time quadratic in a long run of letters', () => {
  const start = performance.now();
  expect(tokensIn('a'.repeat(100_000))).toBeGreaterThan(10_000);
  expect(performance.now() - start).toBeLessThan(3000);
});

it('cuts at a limit', () => {
  expect(cutToTokens('hello world again', 2)).toBe('hello world');
  expect(cutToTokens('hello', 0)).toBe('');
});
