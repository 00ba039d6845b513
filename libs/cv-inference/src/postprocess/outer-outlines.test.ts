import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/make-drawing.ts';
import { blockGridOf } from './block-grid.ts';
import { areaOf, boundsOf } from './outline-shape.ts';
import { outerOutlines } from './outer-outlines.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly classes: Uint8Array;
}

/** Digits are classes, other characters background. */
function pictureOf(...rows: string[]): Picture {
  const width = rows[0]!.length;
  const classes = Uint8Array.from(rows.join(''), (character) => Number(character) || 0);
  return { width, height: rows.length, classes };
}

function outlinesOf({ width, height, classes }: Picture, x = 1, y = x) {
  return outerOutlines(blockGridOf(classes, { width, height, used: { width, height }, scale: { x, y } }));
}

/** By repeating pixels, as many as each axis has room for. */
function enlarged({ width, height, classes }: Picture, newWidth: number, newHeight: number): Picture {
  const larger = new Uint8Array(newWidth * newHeight);
  for (let y = 0, at = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1, at += 1) {
      larger[at] =
        classes[Math.floor((y * height) / newHeight) * width + Math.floor((x * width) / newWidth)]!;
    }
  }
  return { width: newWidth, height: newHeight, classes: larger };
}

describe('outerOutlines', () => {
  it('goes down first from the topmost left pixel', () => {
    expect(outlinesOf(pictureOf('....', '.11.', '.11.', '....'), 8)).toEqual([
      { value: 1, points: [8, 8, 8, 23, 23, 23, 23, 8] },
    ]);
  });

  it('compresses a single pixel and a line', () => {
    expect(outlinesOf(pictureOf('...', '.1.'))).toEqual([{ value: 1, points: [1, 1] }]);
    expect(outlinesOf(pictureOf('111'))).toEqual([{ value: 1, points: [0, 0, 2, 0] }]);
    expect(outlinesOf(pictureOf('..1', '.1.', '1..'))).toEqual([{ value: 1, points: [2, 0, 0, 2] }]);
    expect(outlinesOf(pictureOf('1..', '.1.', '..1'))).toEqual([{ value: 1, points: [0, 0, 2, 2] }]);
  });

  it('walks a spike there and back', () => {
    expect(outlinesOf(pictureOf('11...', '11111', '11...'))).toEqual([
      { value: 1, points: [0, 0, 0, 2, 1, 2, 2, 1, 4, 1, 2, 1, 1, 0] },
    ]);
  });

  it('joins pixels that touch at a corner', () => {
    expect(outlinesOf(pictureOf('1.', '.1'), 8)).toEqual([
      { value: 1, points: [0, 0, 0, 7, 7, 7, 8, 8, 8, 15, 15, 15, 15, 8, 8, 8, 7, 7, 7, 0] },
    ]);
  });

  it('cuts corners that point inwards', () => {
    expect(outlinesOf(pictureOf('1.', '11'), 8)).toEqual([
      { value: 1, points: [0, 0, 0, 15, 15, 15, 15, 8, 8, 8, 7, 7, 7, 0] },
    ]);
  });

  it('leaves out holes and what lies in them, but not other classes', () => {
    const ring = pictureOf('11111', '1...1', '1.1.1', '1.2.1', '11111');
    expect(outlinesOf(ring)).toEqual([
      { value: 1, points: [0, 0, 0, 4, 4, 4, 4, 0] },
      { value: 2, points: [2, 3] },
    ]);
  });

  it('closes a hole with pixels that touch at corners', () => {
    const diamond = pictureOf('...1...', '..1.1..', '.1...1.', '1..1..1', '.1...1.', '..1.1..', '...1...');
    expect(outlinesOf(diamond)).toEqual([{ value: 1, points: [3, 0, 0, 3, 3, 6, 6, 3] }]);
    const opened = pictureOf('...1...', '..1.1..', '.1...1.', '1..1..1', '.1.....', '..1.1..', '...1...');
    expect(outlinesOf(opened)).toHaveLength(2);
  });

  it('lists classes in rising order, each from the last found to the first', () => {
    const values = outlinesOf(pictureOf('2.1.2', '.....', '1.2.1')).map(({ value, points }) => [
      value,
      ...points,
    ]);
    expect(values).toEqual([
      [1, 4, 2],
      [1, 0, 2],
      [1, 2, 0],
      [2, 2, 2],
      [2, 4, 0],
      [2, 0, 0],
    ]);
  });

  it('is the same on the small map as on the enlarged one', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 150; round += 1) {
      const width = 1 + Math.floor(random() * 14);
      const height = 1 + Math.floor(random() * 14);
      const share = random();
      const picture = {
        width,
        height,
        classes: Uint8Array.from({ length: width * height }, () =>
          random() < share ? 1 + Math.floor(random() * 3) : 0,
        ),
      };
      for (const [x, y] of [
        [8, 8],
        [2, 5],
        [7.3, 1.6],
        [0.6, 0.8],
      ] as const) {
        const newWidth = Math.round(width * x);
        const newHeight = Math.round(height * y);
        const large = enlarged(picture, newWidth, newHeight);
        expect(outlinesOf(picture, newWidth / width, newHeight / height)).toEqual(outlinesOf(large));
      }
    }
  });
});

describe('blockGridOf', () => {
  it('reads the used part only', () => {
    const classes = Uint8Array.from([1, 2, 9, 3, 4, 9, 9, 9, 9]);
    const place = { width: 3, height: 3, used: { width: 2, height: 2 }, scale: { x: 2, y: 1.5 } };
    expect(blockGridOf(classes, place)).toMatchObject({
      classes: Uint8Array.from([1, 2, 3, 4]),
      left: Int32Array.from([0, 2, 4]),
      top: Int32Array.from([0, 2, 3]),
    });
  });

  it('refuses a map of another size', () => {
    const place = { width: 3, height: 3, used: { width: 3, height: 4 }, scale: { x: 1, y: 1 } };
    expect(() => blockGridOf(new Uint8Array(9), place)).toThrow(RangeError);
    expect(() => blockGridOf(new Uint8Array(8), { ...place, used: { width: 1, height: 1 } })).toThrow(
      RangeError,
    );
  });
});

describe('the shape of an outline', () => {
  it('has bounds with both ends and an area between pixel centres', () => {
    const square = [8, 8, 8, 23, 23, 23, 23, 8];
    expect(boundsOf(square)).toEqual([8, 8, 16, 16]);
    expect(areaOf(square)).toBe(225);
    expect(areaOf([0, 0, 2, 0])).toBe(0);
    expect(areaOf([0, 0, 0, 1, 1, 1])).toBe(0.5);
  });
});
