import { describe, expect, it } from 'vitest';
import { makeDrawing } from '../testing/make-drawing.ts';
import { letterbox } from './letterbox.ts';
import { objectInput } from './object-input.ts';
import { reducedPicture } from './reduced-picture.ts';
import { segmentationInput } from './segmentation-input.ts';
import { textDetectionInput } from './text-detection-input.ts';
import { textCrop } from './text-crop.ts';
import { NO_NORMALISATION, textRecognitionInput } from './text-recognition-input.ts';

const unit = (byte: number) => Math.fround(byte / 255);
const plain = (width: number, height: number) => makeDrawing(width, height, () => [10, 20, 30]);

describe('segmentationInput', () => {
  it('lays a landscape sheet at the top left of a white canvas', () => {
    const { data, ...rest } = segmentationInput(plain(1248, 896));
    expect(rest).toEqual({
      width: 640,
      height: 448,
      used: { width: 620, height: 436 },
      scale: { x: 1248 / 620, y: 896 / 436 },
    });
    const at = (plane: number, x: number, y: number) => data[(plane * 448 + y) * 640 + x];
    expect([0, 1, 2].map((plane) => at(plane, 619, 435))).toEqual([unit(10), unit(20), unit(30)]);
    expect([at(0, 620, 0), at(1, 0, 436), at(2, 639, 447)]).toEqual([1, 1, 1]);
  });

  it('keeps a portrait sheet upright, with the sides swapped', () => {
    const { data, ...rest } = segmentationInput(makeDrawing(896, 1248, (_, y) => [y < 624 ? 0 : 255, 0, 0]));
    expect(rest).toMatchObject({ width: 448, height: 640, used: { width: 436, height: 620 } });
    expect([data[0], data[309 * 448 + 435], data[311 * 448], data[436]]).toEqual([0, 0, 1, 1]);
  });

  it('takes a picture that is reduced already', () => {
    const sheet = plain(1248, 896);
    const reduced = reducedPicture(sheet);
    expect(segmentationInput(sheet, { reduced })).toEqual(segmentationInput(sheet));
  });

  it('can have other sizes', () => {
    const options = { used: { width: 310, height: 218 }, canvas: { width: 320, height: 224 } };
    expect(segmentationInput(plain(1248, 896), options)).toMatchObject({
      width: 320,
      height: 224,
      used: options.used,
    });
  });
});

describe('objectInput', () => {
  it('puts 640 × 450 between two grey bars', () => {
    const { data, width, height, toDrawing } = objectInput(plain(4960, 3488));
    expect([width, height]).toEqual([640, 480]);
    const red = [0, 14, 15, 464, 465, 479].map((row) => data[row * 640]);
    expect(red).toEqual([114, 114, 10, 10, 114, 114].map(unit));
    // The picture's 436 rows are 450.06 high on the canvas, so the margin of the way back is 14.968, not 15.
    const [x, y] = toDrawing(320, 240);
    expect(x).toBeCloseTo(2480, 2);
    expect(y).toBeCloseTo(1744, 2);
    const top = toDrawing(0, 15 + 10);
    expect(top[1]).toBeCloseTo(((25 - (480 - (436 * 640) / 620) / 2) / (640 / 620)) * 8, 2);
    expect(toDrawing(-5, 3)).toEqual([0, 0]);
    expect(toDrawing(700, 500)).toEqual([4960, 3488]);
  });

  it('stands a portrait sheet between bars left and right', () => {
    const { data, width, height, toDrawing } = objectInput(plain(3488, 4960));
    expect([width, height]).toEqual([480, 640]);
    expect([14, 15, 464, 465].map((column) => data[column])).toEqual([114, 10, 10, 114].map(unit));
    expect(toDrawing(240, 320).map(Math.round)).toEqual([1744, 2480]);
  });
});

describe('textDetectionInput', () => {
  it('leaves a sheet alone whose longer side fits', () => {
    const sheet = makeDrawing(64, 32, (x, y) => [x, y, 7]);
    const { data, width, height, toDrawing } = textDetectionInput(sheet, { longSide: 64 });
    expect([width, height]).toEqual([64, 32]);
    expect([...data.subarray(0, 3)]).toEqual([unit(0), unit(1), unit(2)]);
    expect(toDrawing(12.25, 31)).toEqual([12.25, 31]);
  });

  it('enlarges or reduces other sheets and pads them', () => {
    const { width, height, toDrawing } = textDetectionInput(plain(96, 64), { longSide: 192 });
    expect([width, height]).toEqual([192, 128]);
    expect(toDrawing(100, 50)).toEqual([50, 25]);
    expect(textDetectionInput(plain(192, 128), { longSide: 96 })).toMatchObject({ width: 96, height: 64 });
    // 160 × 48 on 160 × 64.
    const padded = textDetectionInput(plain(320, 96), { longSide: 160 });
    expect([padded.width, padded.height]).toEqual([160, 64]);
    expect([7, 8, 55, 56].map((row) => padded.data[row * 160])).toEqual([114, 10, 10, 114].map(unit));
    expect(padded.toDrawing(80, 8 + 24)).toEqual([160, 48]);
  });

  it('defaults to the size of a standard sheet', () => {
    const { width, height } = textDetectionInput(plain(992, 704));
    expect([width, height]).toEqual([4960, 3520]);
  });

  it('writes over memory that is handed in', () => {
    const sheet = plain(64, 32);
    const into = new Float32Array(3 * 64 * 32).fill(9);
    expect(textDetectionInput(sheet, { longSide: 64, into }).data).toBe(into);
    expect(into).toEqual(textDetectionInput(sheet, { longSide: 64 }).data);
    expect(() => textDetectionInput(sheet, { longSide: 64, into: new Float32Array(5) })).toThrow(RangeError);
  });
});

describe('letterbox', () => {
  it('gives the larger half of an odd margin to the bottom', () => {
    const { data, width, height } = letterbox(plain(64, 61), { longSide: 64 });
    expect([width, height]).toEqual([64, 64]);
    const grey = [0, 1, 61, 62, 63].map((row) => data[row * 64] === unit(114));
    expect(grey).toEqual([true, false, false, true, true]);
  });
});

describe('textCrop', () => {
  const sheet = makeDrawing(400, 300, (x, y) => [x % 256, y % 256, 1]);
  const pixel = (crop: Uint8Array, x: number, y: number) => [
    ...crop.subarray((y * 250 + x) * 3).subarray(0, 3),
  ];

  it('grows the box by 5 px and centres it vertically', () => {
    const crop = textCrop(sheet, [100, 50, 120, 60]);
    expect(crop).toHaveLength(60 * 250 * 3);
    // 30 × 20 from (95, 45), 20 rows down.
    expect(pixel(crop, 0, 20)).toEqual([95, 45, 1]);
    expect(pixel(crop, 29, 39)).toEqual([124, 64, 1]);
    expect([pixel(crop, 0, 19), pixel(crop, 30, 20), pixel(crop, 0, 40)]).toEqual(
      Array(3).fill([255, 255, 255]),
    );
  });

  it.each([
    [11, 20],
    [13, 18],
  ])('rounds half a pixel to the even one: height %d', (height, down) => {
    const crop = textCrop(sheet, [100, 50, 120, 50 + height]);
    expect(pixel(crop, 0, down)).toEqual([95, 45, 1]);
    expect(pixel(crop, 0, down - 1)).toEqual([255, 255, 255]);
  });

  it('cuts off what is too long or too high, and what lies outside', () => {
    const crop = textCrop(sheet, [-20, -20, 390, 290]);
    expect([pixel(crop, 0, 0), pixel(crop, 249, 59)]).toEqual([
      [0, 0, 1],
      [249, 59, 1],
    ]);
    const clipped = textCrop(sheet, [390, 20, 450, 30]);
    expect([pixel(clipped, 14, 20), pixel(clipped, 15, 20)]).toEqual([
      [399 % 256, 15, 1],
      [255, 255, 255],
    ]);
    expect(textCrop(sheet, [500, 20, 520, 30]).every((byte) => byte === 255)).toBe(true);
    expect(textCrop(sheet, [-50, -50, -10, -10]).every((byte) => byte === 255)).toBe(true);
  });
});

describe('textRecognitionInput', () => {
  it('lays crops one after another, colour by colour', () => {
    const crops = [0, 1].map((first) => new Uint8Array(60 * 250 * 3).map((_, at) => first * 100 + (at % 3)));
    const batch = textRecognitionInput(crops);
    const plane = 60 * 250;
    expect(batch).toHaveLength(2 * 3 * plane);
    expect([0, 1, 2, 3, 4, 5].map((index) => batch[index * plane + 7])).toEqual(
      [0, 1, 2, 100, 101, 102].map(unit),
    );
    expect(textRecognitionInput(crops, NO_NORMALISATION)).toEqual(batch);
    expect(textRecognitionInput([])).toHaveLength(0);
  });

  it('normalises', () => {
    const batch = textRecognitionInput([new Uint8Array(60 * 250 * 3).fill(255)], {
      mean: [0.5, 0, 0],
      deviation: [0.5, 1, 0.25],
    });
    expect([0, 1, 2].map((colour) => batch[colour * 60 * 250])).toEqual([1, 1, 4]);
  });
});
