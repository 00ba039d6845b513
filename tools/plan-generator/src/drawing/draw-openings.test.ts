import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { generatePlan } from '../generate-plan.ts';
import { boundsOf, rect, ringHolds, shrunk, type Point } from '../geometry.ts';
import { drawDoor } from './draw-door.ts';
import { drawWindow } from './draw-window.ts';
import { Pen } from './pen.ts';
import { drawStyle, type DoorLook, type WindowLook } from './style.ts';

const plans = Array.from({ length: 8 }, (_, index) => generatePlan({ seed: 21, index }));
const doors: readonly DoorLook[] = ['arc', 'leaf and arc', 'white disc', 'dashed arc', 'bar'];
const windows: readonly WindowLook[] = ['ticks', 'two lines', 'sashes', 'frame'];

/** No ink of its own has this grey: what differs from it is drawn. */
const GROUND = 201;
/** Around an outline: centre marks and arrows stick out of it. */
const ROOM = 60;
/** Outlines reach beyond the wall by up to 5 pixels on either side; pixels count from their middle. */
const BARE = 12;

describe.each(windows)('windows: %s', (look) => {
  it('lie in their outlines, from end to end', () => {
    for (const plan of plans) {
      const style = { ...drawStyle(plan), windows: look };
      for (const window of plan.windows) {
        const { inside, outside, bare } = inkOf(window.outline, (pen) => drawWindow(pen, window, style));
        // Centre marks stand out on both sides.
        expect(outside / inside).toBeLessThan(0.08);
        expect(bare).toBeLessThanOrEqual(BARE);
      }
    }
  });
});

describe.each(doors)('doors: %s', (look) => {
  it('lie in their outlines, from end to end', () => {
    for (const plan of plans) {
      const style = { ...drawStyle(plan), doors: look };
      for (const door of plan.doors) {
        const { inside, outside, bare } = inkOf(door.outline, (pen) => drawDoor(pen, door, style, 255));
        // Arcs bulge out of their outlines' chords, arrows stand beside sliding doors.
        expect(outside / inside).toBeLessThan(0.25);
        expect(bare).toBeLessThanOrEqual(BARE);
      }
    }
  });
});

/** Pixels drawn within an outline and beyond it, and by how much those within fall short of its width or height. */
function inkOf(outline: readonly Point[], draw: (pen: Pen) => void) {
  const box = boundsOf(outline);
  const place = shrunk(box, -ROOM);
  const [width, height] = [place.x1 - place.x0, place.y1 - place.y0];
  const canvas = createCanvas(width, height);
  const pen = new Pen(canvas.getContext('2d'));
  pen.context.translate(-place.x0, -place.y0);
  pen.fill(place, GROUND);
  draw(pen);
  const data = canvas.data();
  const inside: Point[] = [];
  let outside = 0;
  for (let i = 0; i < width * height; i++) {
    if (Math.abs((data[4 * i] as number) - GROUND) < 3) continue;
    const point = { x: place.x0 + (i % width) + 0.5, y: place.y0 + Math.floor(i / width) + 0.5 };
    if (ringHolds(outline, point)) inside.push(point);
    else outside++;
  }
  const span = inside.length === 0 ? rect(0, 0, 0, 0) : boundsOf(inside);
  const bare = Math.max(width - 2 * ROOM - (span.x1 - span.x0), height - 2 * ROOM - (span.y1 - span.y0));
  return { inside: inside.length, outside, bare };
}
