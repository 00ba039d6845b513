import { rect, type Rect } from '../geometry.ts';
import type { RoomKind } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import { columns, type Draft } from './draft.ts';
import type { Frame } from './front-row.ts';
import type { Program } from './program.ts';

/** A room in the row behind the corridor. */
export interface BackSlot {
  readonly kind: RoomKind;
  /** Metres. */
  readonly width: number;
}

export interface BackRow {
  /** Low rooms that the stairs and the lift stand behind. */
  readonly sheltered: readonly BackSlot[];
  /** Rooms with a window to the back. */
  readonly free: readonly BackSlot[];
  readonly shelteredFirst: boolean;
}

export const widthOf = (slots: readonly BackSlot[]): number =>
  slots.reduce((sum, { width }) => sum + width, 0);

/** The rooms of the back row; `room` is the width in metres that the front row leaves for it. */
export function drawBackRow(dice: Dice, program: Program, bedrooms: number, room: number): BackRow {
  const storage = (width: number) => width * program.storageScale;
  const sheltered: BackSlot[] = [{ kind: 'entrance', width: dice.number(1.5, 2) }];
  const bathroom: BackSlot = { kind: 'bathroom', width: dice.number(1.6, 2.1) };
  if (dice.chance(0.5)) sheltered.push(bathroom);
  else sheltered.unshift(bathroom);
  const free: BackSlot[] = Array.from({ length: bedrooms }, () => ({
    kind: 'bedroom',
    width: dice.number(2.7, 3.4),
  }));
  if (program.alpha) free.push({ kind: 'alpha', width: storage(dice.number(1.9, 2.5)) });
  if (program.closet) sheltered.push({ kind: 'closet', width: storage(dice.number(1.2, 1.6)) });
  const taken = () => widthOf(sheltered) + widthOf(free);
  if (room - taken() > 1.6)
    sheltered.push({ kind: dice.pick(['pantry', 'dressing', 'bathroom']), width: 1.7 });
  if (room - taken() > 2.4) free.push({ kind: dice.chance(0.5) ? 'bedroom' : 'alpha', width: 2.6 });
  return { sheltered, free, shelteredFirst: dice.chance(0.7) };
}

/** Adds the back row from `left` to the frame's right end. */
export function addBackRow(
  draft: Draft,
  dice: Dice,
  program: Program,
  frame: Frame,
  row: BackRow,
  left: number,
): void {
  const { px } = frame;
  const right = frame.mainColumn && frame.mainColumn.x0 > left ? frame.mainColumn.x0 : frame.right;
  const groups = row.shelteredFirst ? [row.sheltered, row.free] : [row.free, row.sheltered];
  const cells = columns(left, right, -px(dice.number(2.2, 2.7)), 0, groups.flat().map(({ width }) => width)); // prettier-ignore
  const freeTop = -px(dice.number(3, 3.6));
  const sheltered: Rect[] = [];
  groups.flat().forEach(({ kind }, i) => {
    const cell = cells[i] as Rect;
    if (row.free.some((slot) => slot === groups.flat()[i])) {
      const key = draft.add(kind, rect(cell.x0, freeTop, cell.x1, 0), {
        enteredFrom: ['living1'],
        windows: kind === 'bedroom' ? ['north'] : [],
      });
      if (kind === 'bedroom' && program.backBalcony && dice.chance(0.6)) {
        draft.add('balcony', rect(cell.x0, freeTop - px(dice.number(1.2, 1.5)), cell.x1, freeTop), {
          enteredFrom: [key],
        });
      }
    } else {
      sheltered.push(cell);
      addSheltered(draft, dice, program, frame, kind, cell);
    }
  });
  if (program.core) addCore(draft, dice, frame, sheltered, row.shelteredFirst && row.free.length > 0);
}

function addSheltered(
  draft: Draft,
  dice: Dice,
  program: Program,
  frame: Frame,
  kind: RoomKind,
  cell: Rect,
): void {
  // An entrance without a wall towards the living room needs no door there.
  const isOpen = kind === 'entrance' && program.openEntrance;
  const enteredFrom = isOpen ? [] : ['living1', 'entrance1'];
  if (isOpen) draft.open.push(['living1', 'entrance1']);
  if (kind === 'entrance' || !program.shafts || !dice.chance(0.5)) {
    draft.add(kind, cell, { enteredFrom });
    return;
  }
  const edge = cell.y0 + frame.px(dice.number(0.55, 0.75));
  draft.add('shaft', rect(cell.x0, cell.y0, cell.x1, edge));
  draft.add(kind, rect(cell.x0, edge, cell.x1, cell.y1), { enteredFrom });
}

/** Hall, lift and stairs behind the sheltered rooms. */
function addCore(
  draft: Draft,
  dice: Dice,
  { px }: Frame,
  sheltered: readonly Rect[],
  isHemmedIn: boolean,
): void {
  const x0 = Math.min(...sheltered.map((cell) => cell.x0));
  const x1 = Math.max(...sheltered.map((cell) => cell.x1)) + (isHemmedIn ? 0 : px(dice.number(0, 1.5)));
  const back = Math.min(...sheltered.map((cell) => cell.y0));
  const hallBack = back - px(dice.number(1.6, 2.1));
  draft.add('hall', rect(x0, hallBack, x1, back));
  if (dice.chance(0.1)) return;
  const top = hallBack - px(dice.number(2.3, 2.8));
  const width = Math.min(x1 - x0, px(5.4));
  const [first, second] = columns(x0, x0 + width, top, hallBack, [dice.number(0.4, 0.5), 0.55]);
  const order = dice.chance(0.5) ? (['elevator', 'stairs'] as const) : (['stairs', 'elevator'] as const);
  draft.add(order[0], first as Rect);
  draft.add(order[1], second as Rect);
}
