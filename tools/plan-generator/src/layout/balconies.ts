import { rect } from '../geometry.ts';
import type { Dice } from '../random.ts';
import type { Draft } from './draft.ts';
import type { Frame } from './front-row.ts';
import type { Program } from './program.ts';

/** Adds the balconies before the front rooms. Their windows come with the windows of the rooms behind. */
export function addFrontBalconies(draft: Draft, dice: Dice, program: Program, frame: Frame): void {
  const { frontRooms, livingLeft, front, px } = frame;
  const living = frontRooms.findIndex(({ x0 }) => x0 === livingLeft);
  const depth = px(dice.number(1.25, 1.6));
  const add = (first: number, last: number) => {
    const x0 = frontRooms[first]?.x0;
    const x1 = frontRooms[last]?.x1;
    if (x0 === undefined || x1 === undefined) return;
    const behind = draft.rooms
      .filter((room) => room.cells.some((cell) => cell.y1 === front && cell.x0 >= x0 && cell.x1 <= x1))
      .map((room) => room.key);
    const withCondenser = program.condenser && last > first && dice.chance(0.5);
    const end = withCondenser ? x1 - px(dice.number(1, 1.3)) : x1;
    const balcony = draft.add('balcony', rect(x0, front, end, front + depth), { enteredFrom: behind });
    if (withCondenser)
      draft.add('condenser', rect(end, front, x1, front + depth), { enteredFrom: [balcony] });
  };
  const last = frontRooms.length - 1;
  switch (program.frontBalcony) {
    case 'none':
      return;
    case 'living':
      return add(living, living);
    case 'pair':
      return living > 0 ? add(living - 1, living) : add(living, Math.min(last, living + 1));
    case 'full':
      if (last < 2 || dice.chance(0.5)) return add(0, last);
      add(0, living);
      if (living < last) add(living + 1, last);
  }
}
