import { boundsOf, overlap, rect, rectPoints, type Rect } from '../geometry.ts';
import type { Dice } from '../random.ts';
import type { Draft, DraftRoom } from './draft.ts';

/** How often a room at an end of the house gets a balcony there, in houses that have such balconies. */
const CHANCE = 0.65;

/** Adds balconies at the two ends of the house and behind its back rooms; most houses have none of these. */
export function addSideBalconies(draft: Draft, dice: Dice, px: (metres: number) => number): void {
  if (!dice.chance(0.3)) return;
  const depth = px(dice.number(1.2, 1.6));
  for (const side of ['west', 'east', 'north'] as const) {
    if (!dice.chance(0.55)) continue;
    for (const room of [...draft.rooms]) {
      if (room.kind !== 'bedroom' && room.kind !== 'kitchen') continue;
      if (side === 'north' && !dice.chance(0.5)) continue;
      const cell = room.cells[0] as Rect;
      const strip = {
        west: rect(cell.x0 - depth, cell.y0, cell.x0, cell.y1),
        east: rect(cell.x1, cell.y0, cell.x1 + depth, cell.y1),
        north: rect(cell.x0, cell.y0 - depth, cell.x1, cell.y0),
      }[side];
      if (room.cells.length > 1 || isTaken(draft.rooms, strip) || !dice.chance(CHANCE)) continue;
      addTo(draft, dice, room, strip, side);
    }
  }
  joinNeighbours(draft, dice);
}

const isTaken = (rooms: readonly DraftRoom[], strip: Rect): boolean =>
  rooms.some(({ cells }) => cells.some((cell) => overlap(cell, strip)));

function addTo(
  draft: Draft,
  dice: Dice,
  room: DraftRoom,
  strip: Rect,
  side: 'west' | 'east' | 'north',
): void {
  draft.add('balcony', strip, { enteredFrom: [room.key] });
  // A window beside the balcony's door; a kitchen's would change the structure type.
  if (room.kind === 'bedroom' && !room.windows.includes(side) && dice.chance(0.6)) {
    const at = draft.rooms.indexOf(room);
    draft.rooms[at] = { ...room, windows: [...room.windows, side] };
  }
}

/** Balconies that stand end to end become one now and then. */
function joinNeighbours(draft: Draft, dice: Dice): void {
  const balconies = draft.rooms.filter(({ kind }) => kind === 'balcony');
  for (const first of balconies) {
    for (const second of balconies) {
      if (first === second || !draft.rooms.includes(first) || !draft.rooms.includes(second)) continue;
      const [a] = first.cells;
      const [b] = second.cells;
      if (!a || !b || first.cells.length + second.cells.length > 2) continue;
      const isRow = a.y0 === b.y0 && a.y1 === b.y1 && a.x1 === b.x0;
      const isColumn = a.x0 === b.x0 && a.x1 === b.x1 && a.y1 === b.y0;
      if ((!isRow && !isColumn) || !dice.chance(0.5)) continue;
      const at = draft.rooms.indexOf(first);
      draft.rooms[at] = {
        ...first,
        cells: [boundsOf([a, b].flatMap(rectPoints))],
        enteredFrom: [...first.enteredFrom, ...second.enteredFrom],
      };
      draft.rooms.splice(draft.rooms.indexOf(second), 1);
    }
  }
}
