import { stringifyIndented } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { decodeYolo } from './decode-yolo.ts';
import { objectAnnotations } from './object-annotations.ts';
import { textAnnotations, textBoxes } from './text-annotations.ts';

const row = (...values: number[]) => values;
const outputOf = (...rows: number[][]) => Float32Array.from(rows.flat());

describe('decodeYolo', () => {
  it('scores box × class and keeps what is above the threshold', () => {
    const rows = decodeYolo(
      outputOf(
        row(50, 40, 20, 10, 0.75, 0.5, 1),
        row(10, 10, 4, 4, 0.375, 1, 1),
        row(10, 10, 4, 4, 0.75, 0.5, 0.25),
      ),
      { classCount: 2 },
    );
    expect(rows).toEqual([{ xmin: 40, ymin: 35, xmax: 60, ymax: 45, confidence: 0.75, class: 1 }]);
  });

  it('does not keep a score of exactly the threshold', () => {
    expect(decodeYolo(outputOf(row(5, 5, 2, 2, 0.5, 1)), { classCount: 1, confidence: 0.5 })).toEqual([]);
    // 0.4 is meant in single precision, in which the network computes.
    expect(decodeYolo(outputOf(row(5, 5, 2, 2, Math.fround(0.4), 1)), { classCount: 1 })).toEqual([]);
  });

  it('of overlapping boxes of one class keeps the best', () => {
    // 10 × 10 boxes, 2 px apart: 80 of 120 shared; 4 px apart: 60 of 140.
    const rows = decodeYolo(
      outputOf(row(10, 10, 10, 10, 0.5, 1), row(12, 10, 10, 10, 0.75, 1), row(16, 10, 10, 10, 0.625, 1)),
      { classCount: 1 },
    );
    expect(rows.map(({ confidence }) => confidence)).toEqual([0.75, 0.625]);
  });

  it('keeps overlaps of exactly the limit', () => {
    // 10 × 10 inside 20 × 10: 100 of 200.
    const output = outputOf(row(10, 10, 20, 10, 0.75, 1), row(5, 10, 10, 10, 0.5, 1));
    expect(decodeYolo(output, { classCount: 1 })).toHaveLength(2);
    expect(decodeYolo(output, { classCount: 1, iou: 0.49 })).toHaveLength(1);
  });

  it('a suppressed box suppresses nothing', () => {
    const rows = decodeYolo(
      outputOf(row(10, 10, 10, 10, 0.875, 1), row(13, 10, 10, 10, 0.75, 1), row(16, 10, 10, 10, 0.625, 1)),
      { classCount: 1 },
    );
    expect(rows.map(({ confidence }) => confidence)).toEqual([0.875, 0.625]);
  });

  it('lets boxes of different classes overlap', () => {
    const output = outputOf(row(10, 10, 10, 10, 0.75, 1, 0), row(10, 10, 10, 10, 0.75, 0, 1));
    expect(decodeYolo(output, { classCount: 2 }).map((box) => box.class)).toEqual([0, 1]);
  });

  it('sorts by score, equal ones as they came, and takes the first of equal classes', () => {
    const output = outputOf(
      row(10, 10, 2, 2, 0.5, 1, 1),
      row(30, 10, 2, 2, 0.75, 1, 0),
      row(50, 10, 2, 2, 0.5, 1, 0),
    );
    const rows = decodeYolo(output, { classCount: 2 });
    expect(rows.map((box) => [box.xmin, box.class])).toEqual([
      [29, 0],
      [9, 0],
      [49, 0],
    ]);
    expect(decodeYolo(output, { classCount: 2, maxDetections: 1 })).toHaveLength(1);
  });

  it('ignores boxes that are no numbers and refuses an output of another shape', () => {
    expect(decodeYolo(outputOf(row(1, 1, 1, 1, Number.NaN, 1)), { classCount: 1 })).toEqual([]);
    expect(() => decodeYolo(new Float32Array(7), { classCount: 1 })).toThrow(RangeError);
  });
});

describe('objectAnnotations', () => {
  it('truncates corners before it measures', () => {
    const rows = [{ xmin: 1.9, ymin: -0.5, xmax: 3.1, ymax: 2, confidence: 0.75, class: 1 }];
    expect(stringifyIndented(objectAnnotations(rows, (x, y) => [x, y])).replaceAll(/\s/g, '')).toBe(
      '[{"id":0,"category_id":5,"category_name":"객체_세면대","bbox":[1,0,2,2],"segmentation":[],"area":4,' +
        '"confidence":0.75,"iscrowd":0,"attributes":{"occluded":false,"rotation":0.0}}]',
    );
  });

  it('takes classes beyond its table for toilets', () => {
    const rows = [-1, 5, 4].map((index) => ({
      xmin: 0,
      ymin: 0,
      xmax: 1,
      ymax: 1,
      confidence: 1,
      class: index,
    }));
    const found = objectAnnotations(rows, (x, y) => [x, y]);
    expect(found.map(({ category_id }) => category_id)).toEqual([4, 4, 8]);
    expect(objectAnnotations(rows, (x, y) => [x, y], [6])[1]).toMatchObject({ category_id: 4 });
  });
});

describe('text boxes', () => {
  const rows = [{ xmin: 10.2, ymin: 3, xmax: 20.5, ymax: 8.01, confidence: 0.5, class: 0 }];

  it('have corners rounded up', () => {
    expect(textBoxes(rows, (x, y) => [x * 2, y])).toEqual([{ corners: [21, 3, 41, 9], confidence: 0.5 }]);
    expect(textBoxes([{ ...rows[0]!, xmin: -0.3 }], (x, y) => [x, y])[0]!.corners[0]).toBe(0);
  });

  it('become annotations with their texts', () => {
    const found = textAnnotations(
      textBoxes(rows, (x, y) => [x, y]),
      ['거실'],
    );
    expect(stringifyIndented(found).replaceAll(/\s/g, '')).toBe(
      '[{"id":0,"category_id":21,"category_name":"OCR","bbox":[11,3,10,6],"segmentation":[],"area":60,' +
        '"confidence":0.5,"iscrowd":0,"attributes":{"OCR":"거실"}}]',
    );
    expect(() => textAnnotations([], ['거실'])).toThrow(RangeError);
  });
});
