import { rect } from '../geometry.ts';
import type { Dice } from '../random.ts';
import type { Draft } from './draft.ts';
import type { Program } from './program.ts';

/** Where the parts of the house lie. Lengths are in pixels. */
export interface Frame {
  /** Pixels of a length in metres. */
  readonly px: (metres: number) => number;
  /** Living column. */
  readonly livingLeft: number;
  readonly livingRight: number;
  /** Right end of the back row and of the corridor below it. */
  readonly right: number;
  /** Where the corridor ends on the right: the main bedroom or a closet may stand at its end. */
  readonly corridorRight: number;
  /** Column of the main bedroom if it stands at an end of the house and reaches up to the back row. */
  readonly mainColumn: { readonly x0: number; readonly x1: number } | null;
  /** Front edge of the corridor. */
  readonly corridorFront: number;
  /** Front wall of the house. */
  readonly front: number;
  /** x ranges of the front rooms, from left to right, with the living room. */
  readonly frontRooms: readonly { readonly x0: number; readonly x1: number }[];
}

/** Widths are settled before: `left` and `right` hold those of the front rooms beside the living room. */
export interface FrontWidths {
  readonly left: readonly number[];
  readonly living: number;
  readonly right: readonly number[];
}

/** Widths of the front rooms in metres. The main bedroom is the outermost on the left, else on the right. */
export function drawFrontWidths(dice: Dice, program: Program): FrontWidths {
  const bedroom = () => dice.number(2.7, 3.5);
  const main = () => dice.number(3.7, 4.6);
  const onRight = program.frontBedrooms - program.leftRooms;
  const left = Array.from({ length: program.leftRooms }, (_, i) => (i === 0 ? main() : bedroom()));
  const right = Array.from({ length: onRight }, (_, i) =>
    program.leftRooms === 0 && i === onRight - 1 ? main() : bedroom(),
  );
  if (program.kitchen === 'front') right.unshift(dice.number(2.8, 3.6));
  return { left, living: dice.number(4.2, 5.2) * program.livingScale, right };
}

/** Adds the front bedrooms (and a kitchen in the front row). */
export function addFrontRow(draft: Draft, program: Program, frame: Frame): void {
  const { frontRooms, mainColumn, front, corridorFront } = frame;
  frontRooms.forEach(({ x0, x1 }, i) => {
    if (x0 === frame.livingLeft) return;
    const isMain = program.leftRooms > 0 ? i === 0 : i === frontRooms.length - 1;
    const top = mainColumn && x0 === mainColumn.x0 ? 0 : corridorFront;
    if (program.kitchen === 'front' && i === program.leftRooms + 1) {
      const kitchen = draft.add('kitchen', rect(x0, top, x1, front), { windows: ['south'] });
      draft.open.push(['living1', kitchen]);
    } else {
      draft.add('bedroom', rect(x0, top, x1, front), {
        enteredFrom: ['living1'],
        windows: ['south'],
        isMainBedroom: isMain,
      });
    }
  });
}
