import { describe, expect, it } from 'vitest';
import { classMapOf } from './class-map.ts';

/** One row of pixels, each with its score in every channel. */
function classesOf(
  pixels: readonly (readonly number[])[],
  activation?: 'none' | 'sigmoid' | 'softmax',
): number[] {
  const channels = pixels[0]!.length;
  const width = pixels.length;
  const scores = new Float32Array(channels * width);
  pixels.forEach((values, pixel) =>
    values.forEach((value, channel) => (scores[channel * width + pixel] = value)),
  );
  return [
    ...classMapOf(scores, {
      channels,
      width,
      height: 1,
      ...(activation === undefined ? {} : { activation }),
    }),
  ];
}

describe('classMapOf', () => {
  it('takes the best channel above one half', () => {
    expect(
      classesOf([
        [0.1, 0.9],
        [0.6, 0.55],
        [0.5, 0.3],
        [0.51, 0],
      ]),
    ).toEqual([2, 1, 0, 1]);
  });

  it('prefers the first of equals', () => {
    expect(classesOf([[0.7, 0.7, 0.7]])).toEqual([1]);
  });

  it('multiplies with scores above 1.5, halves to even', () => {
    expect(
      classesOf([
        [0, 1.5],
        [0, 1.51],
        [0, 2.5],
        [3, 0],
      ]),
    ).toEqual([2, 4, 4, 3]);
    expect(
      classesOf([
        [0, 1000],
        [-3, -2],
        [Number.NaN, Number.NaN],
      ]),
    ).toEqual([255, 0, 0]);
  });

  it('turns logits into scores', () => {
    expect(
      classesOf(
        [
          [-1, 0.2],
          [0, -1],
          [1e-9, 0],
          [-1, -2],
        ],
        'sigmoid',
      ),
    ).toEqual([2, 0, 0, 0]);
    expect(
      classesOf(
        [
          [1, 1, -50],
          [1, 1.1, -50],
          [1, 2, 2],
          [0, 0, 3],
        ],
        'softmax',
      ),
    ).toEqual([0, 2, 0, 3]);
  });

  it('sees saturated sigmoids as equal, as single precision does', () => {
    expect(
      classesOf(
        [
          [30, 40],
          [3, 4],
        ],
        'sigmoid',
      ),
    ).toEqual([1, 2]);
  });

  it('leaves the scores alone and refuses another length', () => {
    const scores = Float32Array.of(0.2, 3, 0.9, -1);
    classMapOf(scores, { channels: 2, width: 2, height: 1, activation: 'softmax' });
    expect(scores).toEqual(Float32Array.of(0.2, 3, 0.9, -1));
    expect(() => classMapOf(scores, { channels: 3, width: 2, height: 1 })).toThrow(RangeError);
  });
});
