import { describe, expect, it } from 'vitest';
import { openingFrame } from './drawing/opening-frame.ts';
import { generatePlan } from './generate-plan.ts';
import {
  boundsOf,
  overlap,
  rect,
  rectPoints,
  ringHolds,
  shrunk,
  turned,
  type Point,
  type Rect,
} from './geometry.ts';
import type { FixtureCategory, RoomKind } from './plan-types.ts';

const plans = Array.from({ length: 60 }, (_, index) => generatePlan({ seed: 11, index }));
const middleOf = ({ x0, y0, x1, y1 }: Rect) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });

const ROOMS_OF: Record<FixtureCategory, readonly RoomKind[]> = {
  객체_변기: ['bathroom'],
  객체_욕조: ['bathroom'],
  객체_세면대: ['bathroom', 'powder'],
  객체_싱크대: ['kitchen'],
  객체_가스레인지: ['kitchen'],
};

/** Points within an outline, ten pixels apart. */
function gridIn(outline: readonly Point[]): Point[] {
  const { x0, y0, x1, y1 } = boundsOf(outline);
  const columns = Array.from({ length: Math.ceil((x1 - x0) / 10) }, (_, i) => x0 + 1 + 10 * i);
  const rows = Array.from({ length: Math.ceil((y1 - y0) / 10) }, (_, i) => y0 + 1 + 10 * i);
  return columns.flatMap((x) => rows.map((y) => ({ x, y }))).filter((point) => ringHolds(outline, point));
}

describe('the truth of a sheet', () => {
  it('has its doors and windows in gaps of the walls', () => {
    for (const { walls, doors, windows } of plans) {
      for (const opening of [...doors, ...windows]) {
        const { axis, at, from, to } = opening;
        const inLine = walls.filter((wall) => wall.axis === axis);
        const hole = axis === 'h' ? rect(from, at - 1, to, at + 1) : rect(at - 1, from, at + 1, to);
        expect(inLine.some((wall) => overlap(wall, hole))).toBe(false);
        const ends = [from - 1, to + 1].map((along) =>
          axis === 'h' ? { x: along, y: at } : { x: at, y: along },
        );
        for (const end of ends) expect(inLine.some((wall) => ringHolds(rectPoints(wall), end))).toBe(true);
      }
    }
  });

  it('has no wall that reaches into a hole', () => {
    for (const { walls, doors, windows } of plans) {
      for (const opening of [...doors, ...windows]) {
        const { hole } = openingFrame(opening);
        expect(walls.some((wall) => overlap(wall, hole))).toBe(false);
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

  it('has outlines of rooms that keep off the walls', () => {
    for (const { walls, rooms } of plans) {
      for (const { outline } of rooms) {
        const near = walls.filter((wall) => overlap(wall, boundsOf(outline))).map((wall) => shrunk(wall, 1));
        const points = gridIn(outline);
        const walled = points.filter((point) => near.some((wall) => ringHolds(rectPoints(wall), point)));
        expect(walled).toEqual([]);
      }
    }
  });

  it('has every fixture and every label in a room', () => {
    for (const { rooms, fixtures, texts } of plans) {
      for (const { box, category } of fixtures) {
        const room = rooms.find(({ outline }) => ringHolds(outline, middleOf(box)));
        expect(ROOMS_OF[category]).toContain(room?.kind);
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
