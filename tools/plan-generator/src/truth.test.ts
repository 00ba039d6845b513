import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawLabel } from './drawing/draw-labels.ts';
import { drawFixture } from './drawing/fixtures/draw-fixture.ts';
import { Pen } from './drawing/pen.ts';
import { drawStyle } from './drawing/style.ts';
import type { FixtureLook } from './drawing/style.ts';
import { generatePlan } from './generate-plan.ts';
import { boundsOf, overlap, rect, ringHolds, shrunk, turned, type Rect } from './geometry.ts';
import { contactSheet } from './output/contact-sheet.ts';

const plans = Array.from({ length: 60 }, (_, index) => generatePlan({ seed: 11, index }));
const middleOf = ({ x0, y0, x1, y1 }: Rect) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });

describe('the truth of a sheet', () => {
  it('has its doors and windows in gaps of the walls', () => {
    for (const { walls, doors, windows } of plans) {
      for (const opening of [...doors, ...windows]) {
        const { axis, at, from, to } = opening;
        const inLine = walls.filter((wall) => wall.axis === axis);
        // Along the middle of the hole: at its ends walls of a thick corner may reach into it.
        const length = (to - from) / 2;
        const middle = (from + to) / 2;
        const hole =
          axis === 'h'
            ? rect(middle - length / 2, at - 1, middle + length / 2, at + 1)
            : rect(at - 1, middle - length / 2, at + 1, middle + length / 2);
        if (to - from > 40) expect(inLine.some((wall) => overlap(wall, hole))).toBe(false);
      }
    }
  });

  it('has no wall in a room', () => {
    for (const { walls, rooms } of plans) {
      for (const { outline, core } of rooms) {
        for (const wall of walls) {
          expect(overlap(shrunk(core, 1), wall)).toBe(false);
          expect(ringHolds(outline, middleOf(wall))).toBe(false);
        }
      }
    }
  });

  it('has every fixture and every label in a room', () => {
    for (const { rooms, fixtures, texts } of plans) {
      for (const { box, category } of fixtures) {
        const room = rooms.find(({ outline }) => ringHolds(outline, middleOf(box)));
        if (category === '객체_변기' || category === '객체_욕조') expect(room?.kind).toBe('bathroom');
        else expect(room).toBeDefined();
      }
      for (const { text, box } of texts) {
        expect(rooms.find(({ outline }) => ringHolds(outline, middleOf(box)))?.text).toBe(text);
      }
    }
  });

  it('is turned as the drawing is', () => {
    const tilted = plans.filter(({ tilt }) => tilt !== 0);
    expect(tilted.length).toBeGreaterThan(3);
    for (const { tilt, sheet, rooms, detections } of tilted) {
      const middle = { x: sheet.width / 2, y: sheet.height / 2 };
      rooms.forEach(({ outline }, i) => {
        const points = outline.map((point) => turned(point, middle, tilt));
        const said = (detections.spa[i]?.segmentation?.[0] ?? []).map(Number);
        said.forEach((value, k) => {
          const point = points[Math.floor(k / 2)];
          expect(Math.abs(value - ((k % 2 === 0 ? point?.x : point?.y) ?? NaN))).toBeLessThanOrEqual(0.5);
        });
      });
    }
  });
});

describe('300 sheets', () => {
  const many = Array.from({ length: 300 }, (_, index) => generatePlan({ seed: 12, index }));

  it('are of both families, with thin and thick walls', () => {
    const cad = many.filter(({ family }) => family === 'cad').length;
    expect(cad).toBeGreaterThan(110);
    expect(cad).toBeLessThan(190);
    expect(new Set(many.map(({ outerExtra }) => outerExtra)).size).toBeGreaterThan(15);
  });

  it('hold every category, shafts in most of them and balconies on several sides', () => {
    const categories = new Set(many.flatMap(({ rooms }) => rooms.map(({ category }) => category)));
    expect(categories.size).toBe(13);
    const shafts = many.map(({ rooms }) => rooms.filter(({ kind }) => kind === 'shaft').length);
    expect(shafts.sort((a, b) => a - b)[150]).toBeGreaterThanOrEqual(2);
    const manyBalconies = many.filter(({ facts }) => facts.balconyCount >= 3).length;
    expect(manyBalconies / 300).toBeGreaterThan(0.1);
  });
});

/** Where a drawing on white left ink darker than `limit`. */
function inkBounds(width: number, height: number, draw: (pen: Pen) => void): Rect | undefined {
  const canvas = createCanvas(width, height);
  const pen = new Pen(canvas.getContext('2d'));
  pen.fill(rect(0, 0, width, height), 255);
  draw(pen);
  const data = canvas.data();
  const points: { x: number; y: number }[] = [];
  for (let i = 0; i < width * height; i++) {
    if ((data[4 * i] as number) < 245) points.push({ x: i % width, y: Math.floor(i / width) });
  }
  return points.length === 0 ? undefined : boundsOf(points);
}

/** Fonts say where the ink of a text lies to a few pixels; a crop of a text is grown by as many. */
const DOUBT = 5;

describe('what is drawn', () => {
  it('is a label whose ink fills its box and stays in it', () => {
    for (const { texts, lettering } of plans.slice(0, 12)) {
      for (const label of texts) {
        const { box } = label;
        // The canvas measures the first script of a mixed word only.
        if (/[A-Z].*[가-힣]/u.test(label.text)) continue;
        const ink = inkBounds(box.x1 - box.x0 + 40, box.y1 - box.y0 + 40, (pen) => {
          pen.context.translate(20 - box.x0, 20 - box.y0);
          drawLabel(pen, label, lettering.font);
        });
        expect(ink?.x0).toBeGreaterThanOrEqual(20 - DOUBT);
        expect(ink?.y0).toBeGreaterThanOrEqual(20 - DOUBT);
        expect((ink?.x1 ?? 0) - 20).toBeLessThanOrEqual(box.x1 - box.x0 + DOUBT);
        expect((ink?.y1 ?? 0) - 20).toBeLessThanOrEqual(box.y1 - box.y0 + DOUBT);
        expect((ink?.x1 ?? 0) - (ink?.x0 ?? 0)).toBeGreaterThan(0.8 * (box.x1 - box.x0) - 2);
      }
    }
  });

  it.each<FixtureLook>(['fine', 'bold', 'filled', 'shaded', 'simple'])(
    'is a fixture whose ink fills its box and stays in it: %s',
    (look) => {
      for (const plan of plans.slice(0, 10)) {
        const style = { ...drawStyle(plan), fixtures: look };
        for (const fixture of plan.fixtures) {
          const { x0, y0, x1, y1 } = fixture.box;
          const ink = inkBounds(x1 - x0 + 20, y1 - y0 + 20, (pen) => {
            pen.context.translate(10 - x0, 10 - y0);
            drawFixture(pen, fixture, style);
          });
          expect(ink?.x0).toBeGreaterThanOrEqual(9);
          expect(ink?.y0).toBeGreaterThanOrEqual(9);
          expect(ink?.x1).toBeLessThanOrEqual(x1 - x0 + 10);
          expect(ink?.y1).toBeLessThanOrEqual(y1 - y0 + 10);
          const share = (((ink?.x1 ?? 0) - (ink?.x0 ?? 0) + 1) * ((ink?.y1 ?? 0) - (ink?.y0 ?? 0) + 1)) / ((x1 - x0) * (y1 - y0)); // prettier-ignore
          expect(share).toBeGreaterThan(0.8);
        }
      }
    },
  );

  it('is a contact sheet with two places a sheet', async () => {
    const image = await loadImage(await contactSheet({ seed: 1, count: 2 }));
    expect({ width: image.width, height: image.height }).toEqual({ width: 4 * 620, height: 440 });
  });
});
