import { expect, it } from 'vitest';
import { createTextCorrector } from './create-text-corrector.ts';

it.each(['1', '가', '침실 ', 'a1', '발코'])(
  'takes no longer over 100,000 characters of %j than over a label',
  (piece) => {
    const correct = createTextCorrector();
    const text = piece.repeat(100_000 / piece.length);
    const startedAt = performance.now();
    expect(correct(`${text}x`)).toBe(`${text}x`.replaceAll(' ', ''));
    expect(performance.now() - startedAt).toBeLessThan(1000);
    // A label with a long number behind it, which a pattern would take the square of the length for.
    expect(correct(`침싣${'1'.repeat(150)}`)).toBe(`침실${'1'.repeat(150)}`);
  },
);
