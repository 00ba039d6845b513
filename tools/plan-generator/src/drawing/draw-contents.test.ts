import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { generatePlan } from '../generate-plan.ts';
import { boundsOf, rect, type Rect } from '../geometry.ts';
import { drawLabel } from './draw-labels.ts';
import { drawFixture } from './fixtures/draw-fixture.ts';
import { Pen } from './pen.ts';
import { drawStyle, type FixtureLook } from './style.ts';

const plans = Array.from({ length: 12 }, (_, index) => generatePlan({ seed: 11, index }));

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
    for (const { texts, lettering } of plans) {
      for (const label of texts) {
        const { box } = label;
        // Where Latin letters come first only these are measured.
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
});
