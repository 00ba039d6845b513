import { rect, rectPoints, type Side } from '../geometry.ts';
import type { DraftRoom } from '../layout/draft.ts';
import type { Border } from '../layout/grid.ts';
import type { RoomKind, WindowOpening } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import type { WallSpace } from './wall-space.ts';

export interface WindowContext {
  readonly dice: Dice;
  readonly rooms: readonly DraftRoom[];
  /** Borders with a wall. */
  readonly borders: readonly Border[];
  readonly space: WallSpace;
  readonly px: (metres: number) => number;
  /** Must stay without a window. */
  readonly windowless: string | undefined;
  readonly smallRoomWindows: number;
}

/** How far a window's outline reaches beyond its wall on either side. */
const REACH = 4;

/** How likely rooms without a wish get a window to the open air; small rooms times the plan's own factor. */
const CHANCES: Partial<Record<RoomKind, { readonly chance: number; readonly isSmallRoom: boolean }>> = {
  balcony: { chance: 0.3, isSmallRoom: false },
  utility: { chance: 0.6, isSmallRoom: false },
  condenser: { chance: 0.65, isSmallRoom: false },
  stairs: { chance: 0.4, isSmallRoom: false },
  alpha: { chance: 1, isSmallRoom: true },
  bathroom: { chance: 0.9, isSmallRoom: true },
  dressing: { chance: 0.7, isSmallRoom: true },
  powder: { chance: 0.5, isSmallRoom: true },
  pantry: { chance: 0.5, isSmallRoom: true },
  closet: { chance: 0.3, isSmallRoom: true },
};

/** Places all windows; undefined when a wished one finds no wall. */
export function placeWindows(context: WindowContext): WindowOpening[] | undefined {
  const { dice, rooms, windowless } = context;
  const windows: WindowOpening[] = [];
  for (const room of rooms) {
    if (room.key === windowless) continue;
    for (const side of room.windows) {
      const window = placeOn(context, room, wishedBorders(context, room, side), room.windowShare ?? 0.62);
      if (!window) return undefined;
      windows.push(window);
    }
  }
  for (const room of rooms) {
    const rule = CHANCES[room.kind];
    if (!rule || room.windows.length > 0) continue;
    if (!dice.chance(rule.chance * (rule.isSmallRoom ? context.smallRoomWindows : 1))) continue;
    const outer = byLength(context.borders.filter((border) => otherSide(border, room.key) === null));
    const window = placeOn(context, room, outer, rule.isSmallRoom ? 0.35 : dice.number(0.55, 0.85));
    if (window) windows.push(window);
  }
  return windows;
}

/** Stretches of one side of the room's first cell behind which there is open air or a balcony. */
function wishedBorders({ rooms, borders }: WindowContext, room: DraftRoom, side: Side): Border[] {
  const [cell] = room.cells;
  if (!cell) return [];
  const axis = side === 'north' || side === 'south' ? 'h' : 'v';
  const at = { north: cell.y0, south: cell.y1, west: cell.x0, east: cell.x1 }[side];
  return byLength(
    borders.filter((border) => {
      if (border.axis !== axis || border.at !== at) return false;
      const other = otherSide(border, room.key);
      if (other === undefined || other === null) return other === null;
      const kind = rooms.find(({ key }) => key === other)?.kind;
      return kind === 'balcony' || kind === 'utility' || other === 'kitchen2';
    }),
  );
}

/** What lies behind the border: a room, null for the open air; undefined when the room does not touch it. */
function otherSide({ before, after }: Border, key: string): string | null | undefined {
  if (before === key) return after;
  return after === key ? before : undefined;
}

const byLength = (borders: readonly Border[]): Border[] =>
  [...borders].sort((a, b) => b.to - b.from - (a.to - a.from));

function placeOn(
  { dice, space, px }: WindowContext,
  room: DraftRoom,
  borders: readonly Border[],
  share: number,
): WindowOpening | undefined {
  for (const border of borders) {
    const wished = Math.round((border.to - border.from) * Math.min(0.85, share * dice.number(0.9, 1.1)));
    const free = space.free(border, px(0.5));
    if (!free) continue;
    const length = Math.min(Math.max(wished, px(0.5)), free.to - free.from);
    // Beside the window to a utility room there must be space for the door.
    const leavesRoomForDoor = otherSide(border, room.key) !== null && room.kind === 'kitchen';
    const end = dice.pick(['from', 'to']);
    const opening = space.take(border, length, leavesRoomForDoor ? end : 'middle');
    if (!opening) continue;
    const { axis, at, from, to } = opening;
    const near = at - opening.before - REACH;
    const far = at + opening.after + REACH;
    const outline = axis === 'h' ? rect(from, near, to, far) : rect(near, from, far, to);
    return { ...opening, outline: rectPoints(outline) };
  }
  return undefined;
}
