import { describe, expect, it } from 'vitest';
import { makeDrawing } from '../testing/make-drawing.ts';
import { cropToMultiple } from './crop-to-multiple.ts';
import { DrawingError } from './drawing-error.ts';

describe('cropToMultiple', () => {
  it('keeps the top left part', () => {
    const drawing = makeDrawing(5, 3, (x, y) => [x, y, 9]);
    expect(cropToMultiple(drawing, 2)).toEqual(makeDrawing(4, 2, (x, y) => [x, y, 9]));
    expect(
      cropToMultiple(
        makeDrawing(4, 3, (x, y) => [x, y, 9]),
        2,
      ),
    ).toEqual(makeDrawing(4, 2, (x, y) => [x, y, 9]));
  });

  it('copies nothing where nothing is cut', () => {
    const drawing = makeDrawing(64, 32, () => [1, 2, 3]);
    expect(cropToMultiple(drawing)).toBe(drawing);
  });

  it('refuses a picture that is smaller than one multiple', () => {
    expect(() => cropToMultiple(makeDrawing(64, 31, () => [0, 0, 0]))).toThrow(DrawingError);
  });
});
