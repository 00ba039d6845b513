import { describe, expect, it } from 'vitest';
import { rect, type Rect } from '../geometry.ts';
import type { DraftRoom } from '../layout/draft.ts';
import { bordersOf } from '../layout/grid.ts';
import type { RoomKind } from '../plan-types.ts';
import { isBetween, settlePassages } from './settle-passages.ts';

const depths = { halfWall: 8, outerExtra: 20 };
const draft = (key: string, kind: RoomKind, cells: Rect[]): DraftRoom => ({
  key,
  kind,
  cells,
  enteredFrom: [],
  windows: [],
});

function settle(rooms: DraftRoom[], open: [string, string][]) {
  const borders = bordersOf(rooms) ?? [];
  return settlePassages({ rooms, open, front: 'south' }, borders, depths, new Map());
}

describe('settlePassages', () => {
  const living = draft('living1', 'living', [rect(0, 0, 600, 400)]);
  const kitchen = draft('kitchen1', 'kitchen', [rect(600, 0, 1000, 400)]);

  it('leaves open what the graph sees', () => {
    const settled = settle([living, kitchen], [['living1', 'kitchen1']]);
    expect(settled?.open).toEqual([['living1', 'kitchen1']]);
    expect(settled?.doored).toEqual([]);
    expect(settled?.closed.some((border) => isBetween(border, ['kitchen1', 'living1']))).toBe(false);
  });

  it('closes a passage whose rooms do not see each other, with outlines that keep off the new wall', () => {
    // The way leads through the arm of an L; the line between the middles crosses the bathroom's walls.
    const corner = draft('living1', 'living', [rect(0, 0, 200, 900), rect(200, 700, 600, 900)]);
    const bathroom = draft('bathroom1', 'bathroom', [rect(200, 300, 600, 700)]);
    const far = draft('kitchen1', 'kitchen', [rect(600, 300, 1000, 900)]);
    const settled = settle([corner, bathroom, far], [['living1', 'kitchen1']]);
    expect(settled?.open).toEqual([]);
    expect(settled?.doored).toEqual([['living1', 'kitchen1']]);
    expect(settled?.closed.some((border) => isBetween(border, ['living1', 'kitchen1']))).toBe(true);
    const outline = settled?.rooms.find(({ key }) => key === 'living1')?.outline ?? [];
    expect(Math.max(...outline.map(({ x }) => x))).toBe(600 - depths.halfWall);
  });

  it('gives nothing when a room would have no width', () => {
    expect(settle([living, draft('shaft1', 'shaft', [rect(600, 0, 640, 400)])], [])).toBeUndefined();
  });
});
