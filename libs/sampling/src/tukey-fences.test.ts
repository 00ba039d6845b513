import { describe, expect, it } from 'vitest';
import { tukeyFences } from './tukey-fences.ts';

describe('tukeyFences', () => {
  it('interpolates quartiles as NumPy does', () => {
    // numpy.percentile([10, 20, 30, 40, 100, 200], [25, 75]) = [22.5, 85]
    expect(tukeyFences(Float64Array.of(200, 10, 40, 20, 100, 30))).toEqual({
      firstQuartile: 22.5,
      thirdQuartile: 85,
      lower: 22.5 - 1.5 * 62.5,
      upper: 85 + 1.5 * 62.5,
      widened: false,
    });
  });

  it('keeps nearly equal sizes when the quartiles are the same number, and still drops far ones', () => {
    const sizes = Float64Array.from([...Array<number>(30).fill(1000), 990, 1010, 1074, 1200, 10]);
    const { lower, upper, widened } = tukeyFences(sizes);
    expect(widened).toBe(true);
    expect(sizes.filter((size) => size < lower || size > upper)).toEqual(Float64Array.of(1200, 10));
  });

  it('leaves its input in order', () => {
    const sizes = Float64Array.of(3, 1, 2);
    tukeyFences(sizes);
    expect([...sizes]).toEqual([3, 1, 2]);
  });

  it('keeps a lone file', () => {
    expect(tukeyFences(Float64Array.of(7))).toMatchObject({ firstQuartile: 7, thirdQuartile: 7 });
  });
});
