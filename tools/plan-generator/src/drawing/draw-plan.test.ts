import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { generatePlan } from '../generate-plan.ts';
import { drawPlan } from './draw-plan.ts';
import { GraySheet } from './gray-sheet.ts';

describe('drawPlan', () => {
  it('draws a PNG of the sheet, the same bytes every time', async () => {
    const plan = generatePlan({ seed: 3, index: 1 });
    const png = await drawPlan(plan);
    const image = await loadImage(png);
    expect({ width: image.width, height: image.height }).toEqual(plan.sheet);
    expect((await drawPlan(plan)).equals(png)).toBe(true);
  });

  it('draws different plans in files of different sizes', async () => {
    const drawings = await Promise.all(
      [0, 1, 2, 3].map((index) => drawPlan(generatePlan({ seed: 3, index }))),
    );
    const sizes = drawings.map(({ length }) => length);
    expect(new Set(sizes).size).toBe(4);
    for (const size of sizes) expect(size).toBeGreaterThan(20_000);
  });
});

describe('GraySheet', () => {
  it('makes a picture that decodes to what was painted', async () => {
    const sheet = new GraySheet({ width: 5, height: 4 });
    sheet.fill(1, 1, 9, 3, 40);
    sheet.lay(Buffer.from([7, 7, 7, 255, 8, 8, 8, 255]), 2, 0, 3);
    const image = await loadImage(sheet.toPng());
    const context = createCanvas(5, 4).getContext('2d');
    context.drawImage(image, 0, 0);
    const red = [...context.getImageData(0, 0, 5, 4).data].filter((_, i) => i % 4 === 0);
    expect(red).toEqual([
      ...[255, 255, 255, 255, 255],
      ...[255, 40, 40, 40, 40],
      ...[255, 40, 40, 40, 40],
      ...[7, 8, 255, 255, 255],
    ]);
  });
});
