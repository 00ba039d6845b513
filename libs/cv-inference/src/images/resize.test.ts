import { describe, expect, it } from 'vitest';
import { makeDrawing, seededRandom } from '../testing/make-drawing.ts';
import { averageBlocks, averageBlocksOf8 } from './average-blocks.ts';
import type { Drawing } from './drawing.ts';
import { resizeArea } from './resize-area.ts';
import { resizeLinear } from './resize-linear.ts';
import { roundHalfEven } from './round-half-even.ts';

const greyRow = (values: readonly number[]): Drawing =>
  makeDrawing(values.length, 1, (x) => [values[x]!, values[x]!, values[x]!]);
const reds = ({ rgb }: Drawing): number[] => [...rgb].filter((_, at) => at % 3 === 0);

describe('roundHalfEven', () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [2.51, 3],
    [-0.5, 0],
    [-1.5, -2],
  ])('%d → %d', (value, expected) => {
    expect(roundHalfEven(value) + 0).toBe(expected);
  });
});

describe('resizeArea', () => {
  it('rounds halves in 8 × 8 blocks to the even byte', () => {
    // 32 of 64 pixels are brighter by 1, so each mean ends in .5.
    const sheet = makeDrawing(16, 8, (x, y) => {
      const base = x < 8 ? 4 : 5;
      return y < 4 ? [base, base, 0] : [base + 1, base, 255];
    });
    expect([...resizeArea(sheet, { width: 2, height: 1 }).rgb]).toEqual([4, 4, 128, 6, 5, 128]);
  });

  it('rounds halves in 2 × 2 blocks up', () => {
    const sheet = makeDrawing(2, 2, (x) => [4 + x, 5, 6]);
    expect([...resizeArea(sheet, { width: 1, height: 1 }).rgb]).toEqual([5, 5, 6]);
  });

  it('takes whole 8 × 8 blocks four bytes at a time with the same result', () => {
    const random = seededRandom(1);
    const byte = () => (random() < 0.3 ? 255 : Math.floor(random() * 256));
    const sheet = makeDrawing(96, 64, () => [byte(), byte(), byte()]);
    const target = { width: 12, height: 8 };
    expect(averageBlocksOf8(sheet, target)).toEqual(averageBlocks(sheet, target, { width: 8, height: 8 }));
    // Bytes that begin at an odd address take the other way.
    const shifted = new Uint8Array(sheet.rgb.length + 1);
    shifted.set(sheet.rgb, 1);
    expect(resizeArea({ ...sheet, rgb: shifted.subarray(1) }, target)).toEqual(resizeArea(sheet, target));
  });

  it('shares pixels that lie in two cells', () => {
    // 3 pixels to 2: each cell holds one and a half.
    expect(reds(resizeArea(greyRow([30, 60, 240]), { width: 2, height: 1 }))).toEqual([40, 180]);
  });

  it('steps with short ramps where it has to grow', () => {
    expect(reds(resizeArea(greyRow([0, 100]), { width: 4, height: 1 }))).toEqual([0, 0, 100, 100]);
    expect(reds(resizeArea(greyRow([0, 100]), { width: 3, height: 1 }))).toEqual([0, 50, 100]);
  });

  it('leaves a picture of the right size alone', () => {
    const sheet = greyRow([1, 2]);
    expect(resizeArea(sheet, { width: 2, height: 1 })).toBe(sheet);
  });
});

describe('resizeLinear', () => {
  it('weighs the two nearest pixel centres', () => {
    expect(reds(resizeLinear(greyRow([0, 100]), { width: 4, height: 1 }))).toEqual([0, 25, 75, 100]);
  });

  it('does not smooth when it shrinks', () => {
    expect(reds(resizeLinear(greyRow([0, 10, 20, 90, 0, 0]), { width: 2, height: 1 }))).toEqual([10, 0]);
  });

  it('weighs rows as it weighs columns', () => {
    const column = makeDrawing(1, 2, (_, y) => [y * 100, 0, 255]);
    expect(reds(resizeLinear(column, { width: 1, height: 4 }))).toEqual([0, 25, 75, 100]);
  });
});
