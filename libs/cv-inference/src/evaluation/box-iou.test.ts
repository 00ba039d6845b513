import { describe, expect, it } from 'vitest';
import { boxIou } from './box-iou.ts';

describe('boxIou', () => {
  it.each([
    ['the same box', [10, 20, 30, 40], [10, 20, 30, 40], 1],
    ['half of it', [0, 0, 10, 10], [0, 0, 5, 10], 0.5],
    ['moved by half its width', [0, 0, 10, 10], [5, 0, 10, 10], 1 / 3],
    ['inside, a quarter', [0, 0, 10, 10], [2, 2, 5, 5], 0.25],
    ['touching edges', [0, 0, 10, 10], [10, 0, 10, 10], 0],
    ['apart', [0, 0, 10, 10], [50, 50, 10, 10], 0],
    ['without area', [5, 5, 0, 0], [5, 5, 0, 0], 0],
  ] as const)('%s', (_name, a, b, expected) => {
    expect(boxIou(a, b)).toBeCloseTo(expected, 12);
    expect(boxIou(b, a)).toBe(boxIou(a, b));
  });
});
