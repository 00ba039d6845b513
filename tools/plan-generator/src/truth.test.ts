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
import type { FixtureCategory, Opening, RoomKind } from './plan-types.ts';

const plans = Array.from({ length: 60 }, (_, index) => generatePlan({ seed: 11, index }));
const middleOf = ({ x0, y0, x1, y1 }: Rect) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });

const ROOMS_OF: Record<FixtureCategory, readonly RoomKind[]> = {
  객체_변기: ['bathroom'],
  객체_욕조: ['bathroom'],
  객체_세면대: ['bathroom', 'powder'],
  객체_싱크대: ['kitchen'],
  객체_가스레인지: ['kitchen'],
};

/** Share of an opening's length that a wall takes within its hole. */
function reachOf(wall: Rect, opening: Opening): number {
  const { hole } = openingFrame(opening);
  const [x, y] = [
    Math.min(wall.x1, hole.x1) - Math.max(wall.x0, hole.x0),
    Math.min(wall.y1, hole.y1) - Math.max(wall.y0, hole.y0),
  ];
  if (x <= 0 || y <= 0) return 0;
  return (opening.axis === 'h' ? x : y) / (opening.to - opening.from);
}

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

  it('has few walls that reach into a hole, and none to its middle', () => {
    const reaches = plans.flatMap(({ walls, doors, windows }) =>
      [...doors, ...windows].map((opening) => Math.max(0, ...walls.map((wall) => reachOf(wall, opening)))),
    );
    // Corners of thick walls do now and then.
    expect(reaches.filter((reach) => reach > 0.01).length / reaches.length).toBeLessThan(0.02);
    expect(Math.max(...reaches)).toBeLessThan(0.5);
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
        // A corner of a thick wall may stand in a small room.
        expect(walled.length / points.length).toBeLessThan(0.03);
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
