import type { Side } from '../geometry.ts';
import type { DraftRoom } from '../layout/draft.ts';
import type { Border } from '../layout/grid.ts';
import type { DoorOpening, Opening, Room, RoomKind } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import { doorOutline } from './door-outline.ts';
import type { WallSpace } from './wall-space.ts';

export interface DoorContext {
  readonly dice: Dice;
  readonly drafts: readonly DraftRoom[];
  readonly rooms: readonly Room[];
  /** Borders with a wall. */
  readonly borders: readonly Border[];
  readonly space: WallSpace;
  readonly px: (metres: number) => number;
  /** Side of the house's front. */
  readonly front: Side;
  /** Pairs whose open passage became a wall; the second room is entered from the first. */
  readonly doored: readonly (readonly [string, string])[];
  /** Pairs that a window joins already. */
  readonly windows: readonly Opening[];
}

/** Metres. */
const WIDTHS: Partial<Record<RoomKind, number>> = {
  entrance: 1.05,
  bathroom: 0.72,
  condenser: 0.65,
  closet: 0.65,
};
/** How often a room's door slides. Of the doors on real sheets one in eight does. */
const SLIDING: Partial<Record<RoomKind, number>> = { balcony: 1, utility: 0.35, condenser: 0.3, closet: 0.4, dressing: 0.3, powder: 0.4, pantry: 0.3, alpha: 0.3, kitchen: 0.3, elevator: 1 }; // prettier-ignore

/** How often the doors of the common hall are drawn as doors; those of lifts seldom are. */
const HALL_DOORS = [
  ['stairs', 0.7],
  ['elevator', 0.2],
] as const;

/** Places a door into every room that is entered by one; undefined when one finds no wall. */
export function placeDoors(context: DoorContext): DoorOpening[] | undefined {
  const doors: DoorOpening[] = [];
  for (const room of context.drafts) {
    if (room.enteredFrom.length === 0 || !needsDoor(context, room)) continue;
    const door = doorInto(context, room, room.enteredFrom);
    if (!door) return undefined;
    doors.push(door);
  }
  for (const [parent, key] of context.doored) {
    const room = context.drafts.find((draft) => draft.key === key);
    const door = room && doorInto(context, room, [parent]);
    if (!door) return undefined;
    doors.push(door);
  }
  const frontDoor = placeFrontDoor(context);
  if (!frontDoor) return undefined;
  doors.push(frontDoor);
  for (const [kind, chance] of HALL_DOORS) {
    const room = context.drafts.find((draft) => draft.kind === kind);
    const door = room && context.dice.chance(chance) ? doorInto(context, room, ['hall1']) : undefined;
    if (door) doors.push(door);
  }
  return doors;
}

function needsDoor({ dice, windows }: DoorContext, room: DraftRoom): boolean {
  if (room.kind !== 'balcony' && room.kind !== 'utility') return true;
  const isJoined = windows.some(({ rooms }) => rooms.length === 2 && rooms.includes(room.key));
  return !isJoined || dice.chance(room.kind === 'utility' ? 0.8 : 0.2);
}

function doorInto(
  context: DoorContext,
  room: DraftRoom,
  parents: readonly string[],
): DoorOpening | undefined {
  for (const parent of parents) {
    const shared = context.borders.filter((border) => joins(border, room.key, parent));
    for (const border of shared.sort((a, b) => b.to - b.from - (a.to - a.from))) {
      const door = placeDoor(context, border, room);
      if (door) return door;
    }
  }
  return undefined;
}

const joins = ({ before, after }: Border, a: string, b: string | null): boolean =>
  (before === a && after === b) || (before === b && after === a);

/** From the hall, or from the open air where the sheet shows no hall. */
function placeFrontDoor(context: DoorContext): DoorOpening | undefined {
  const entrance = context.drafts.find(({ kind }) => kind === 'entrance');
  if (!entrance) return undefined;
  const hall = context.drafts.some(({ kind }) => kind === 'hall') ? 'hall1' : null;
  for (const border of context.borders.filter((item) => joins(item, entrance.key, hall))) {
    const door = placeDoor(context, border, entrance, hall);
    if (door) return door;
  }
  return undefined;
}

/** @param swingsInto the room's own key unless the leaf opens to the other side; null is the open air */
function placeDoor(
  context: DoorContext,
  border: Border,
  room: DraftRoom,
  swingsInto: string | null = room.key,
): DoorOpening | undefined {
  const { dice, space, px } = context;
  const width = px((WIDTHS[room.kind] ?? 0.88) * dice.number(0.95, 1.05));
  const end = dice.pick(['from', 'to']);
  // In a wall that runs to the facade the door stands at the other end, by the corridor.
  const opening = space.take(
    border,
    width,
    border.axis === 'h' ? end : context.front === 'south' ? 'from' : 'to',
  );
  if (!opening) return undefined;
  const hinge = dice.pick(['from', 'to']);
  const side = border.after === swingsInto ? 1 : -1;
  const canSwing = !dice.chance(SLIDING[room.kind] ?? 0.08) && fitsLeaf(context, opening, swingsInto, side);
  const door = { ...opening, hinge, swing: canSwing ? side : 0 } as const;
  return { ...door, outline: doorOutline(door) };
}

/** Does the opened leaf stay within the room? */
function fitsLeaf(
  { rooms }: DoorContext,
  { axis, at, from, to }: Opening,
  key: string | null,
  side: 1 | -1,
): boolean {
  if (key === null) return true;
  const core = rooms.find((room) => room.key === key)?.core;
  if (!core) return false;
  const [lower, upper, start, end] =
    axis === 'h' ? [core.y0, core.y1, core.x0, core.x1] : [core.x0, core.x1, core.y0, core.y1];
  const depth = side === 1 ? upper - at : at - lower;
  return from >= start && to <= end && depth > (to - from) * 1.35;
}
