import { rect, type Rect, type Side } from '../geometry.ts';
import type { RoomKind } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import type { Draft, DraftRoom } from './draft.ts';

/** Rooms that give a strip along a wall to a shaft or a cupboard, with how often and how deep (metres). */
const STRIPS: Partial<
  Record<RoomKind, { readonly chance: number; readonly depth: readonly [number, number] }>
> = {
  bathroom: { chance: 0.4, depth: [0.5, 0.75] },
  entrance: { chance: 0.55, depth: [0.5, 0.7] },
  utility: { chance: 0.3, depth: [0.5, 0.8] },
  balcony: { chance: 0.45, depth: [0.55, 1.1] },
  dressing: { chance: 0.15, depth: [0.5, 0.7] },
  hall: { chance: 0.5, depth: [0.5, 1] },
};

/** What must be left of a room, in metres. */
const REST = 1.25;

/** Corners of large rooms that a shaft may stand in. */
const CORNERS: Partial<Record<RoomKind, number>> = { kitchen: 0.45, hall: 0.3, bathroom: 0.12, stairs: 0.15 };

/**
 * Takes shafts and cupboards out of the rooms of a layout, as many as the plan's own measure says: real plans have
 * one to twelve.
 */
export function carveShafts(draft: Draft, dice: Dice, px: (metres: number) => number): void {
  const measure = dice.weighted([[0.4, 1], [1, 3], [1.6, 4], [2.4, 3], [3.2, 1]]); // prettier-ignore
  for (const room of [...draft.rooms]) {
    const strip = STRIPS[room.kind];
    const corner = CORNERS[room.kind];
    if (strip && dice.chance(strip.chance * measure)) {
      carveStrip(draft, dice, room, px(dice.number(...strip.depth)), px(REST));
    } else if (corner !== undefined && dice.chance(corner * measure)) {
      carveCorner(draft, dice, room, px);
    }
  }
}

function carveStrip(draft: Draft, dice: Dice, room: DraftRoom, depth: number, rest: number): void {
  const [cell] = room.cells;
  if (!cell || room.cells.length > 1) return;
  const { x0, y0, x1, y1 } = cell;
  // Across the shorter side, so that the strip is a small one.
  const isWide = x1 - x0 > y1 - y0;
  if (Math.max(x1 - x0, y1 - y0) - depth < rest) return;
  const [first, second]: [Side, Side] = isWide ? ['west', 'east'] : ['north', 'south'];
  const side = dice.pick([first, second]);
  const [shaft, left] = {
    west: [rect(x0, y0, x0 + depth, y1), rect(x0 + depth, y0, x1, y1)],
    east: [rect(x1 - depth, y0, x1, y1), rect(x0, y0, x1 - depth, y1)],
    north: [rect(x0, y0, x1, y0 + depth), rect(x0, y0 + depth, x1, y1)],
    south: [rect(x0, y1 - depth, x1, y1), rect(x0, y0, x1, y1 - depth)],
  }[side] as [Rect, Rect];
  room.cells = [left];
  draft.add('shaft', shaft);
}

function carveCorner(draft: Draft, dice: Dice, room: DraftRoom, px: (metres: number) => number): void {
  const [cell] = room.cells;
  if (!cell || room.cells.length > 1) return;
  const { x0, y0, x1, y1 } = cell;
  const width = px(dice.number(0.55, 1));
  const height = px(dice.number(0.55, 1.5));
  if (x1 - x0 - width < px(REST) || y1 - y0 - height < px(REST)) return;
  const isLeft = dice.chance(0.5);
  const isTop = dice.chance(0.5);
  const middleX = isLeft ? x0 + width : x1 - width;
  const middleY = isTop ? y0 + height : y1 - height;
  draft.add(
    'shaft',
    rect(isLeft ? x0 : middleX, isTop ? y0 : middleY, isLeft ? middleX : x1, isTop ? middleY : y1),
  );
  // The whole width beside the shaft first: it is the larger part.
  room.cells = [
    isTop ? rect(x0, middleY, x1, y1) : rect(x0, y0, x1, middleY),
    rect(isLeft ? middleX : x0, isTop ? y0 : middleY, isLeft ? x1 : middleX, isTop ? middleY : y1),
  ];
}
