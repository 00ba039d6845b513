import { describe, expect, it } from 'vitest';
import { outlineIou } from './outline-iou.ts';

const rectangle = (x: number, y: number, width: number, height: number) => [
  ...[x, y],
  ...[x + width, y],
  ...[x + width, y + height],
  ...[x, y + height],
];
/** 400 × 400 without its upper right quarter. */
const corner = [0, 0, 200, 0, 200, 200, 400, 200, 400, 400, 0, 400];

describe('outlineIou', () => {
  it.each([
    ['the same rectangle', rectangle(100, 100, 300, 200), rectangle(100, 100, 300, 200), 1],
    ['half of it', rectangle(0, 0, 400, 400), rectangle(0, 0, 400, 200), 0.5],
    ['moved by half its height', rectangle(0, 0, 400, 400), rectangle(0, 200, 400, 400), 1 / 3],
    ['an L in its square', corner, rectangle(0, 0, 400, 400), 0.75],
    ['the notch of an L', corner, rectangle(200, 0, 200, 200), 0],
    ['a triangle, half its square', [0, 0, 400, 0, 0, 400], rectangle(0, 0, 400, 400), 0.5],
    ['the other way round', corner, [0, 400, 400, 400, 400, 200, 200, 200, 200, 0, 0, 0], 1],
    ['side by side', rectangle(0, 0, 100, 100), rectangle(100, 0, 100, 100), 0],
    ['one above the other', rectangle(0, 0, 100, 100), rectangle(0, 100, 100, 100), 0],
    ['no outline', [], rectangle(0, 0, 100, 100), 0],
    ['two of none', [], [], 0],
  ])('%s', (_name, a, b, expected) => {
    expect(outlineIou(a, b)).toBeCloseTo(expected, 2);
    expect(outlineIou(b, a)).toBeCloseTo(outlineIou(a, b), 12);
  });

  it('counts what an outline that crosses itself holds: two triangles of an hourglass', () => {
    const hourglass = [0, 0, 400, 0, 0, 400, 400, 400];
    expect(outlineIou(hourglass, rectangle(0, 0, 400, 400))).toBeCloseTo(0.5, 2);
  });
});
