import { rect, type Rect } from '../geometry.ts';
import type { Dice } from '../random.ts';
import { columns, type Draft } from './draft.ts';
import type { Frame } from './front-row.ts';
import type { Program } from './program.ts';

/**
 * Adds what lies behind the main bedroom at the end of the house: bathroom, dressing and powder room.
 * Returns the back edge (y) of it.
 */
export function addMainSuite(draft: Draft, dice: Dice, program: Program, frame: Frame, main: string): number {
  const { px, mainColumn } = frame;
  const { bathroom, dressing, powder } = program.ensuite;
  if (!mainColumn || (!bathroom && !dressing)) return 0;
  const { x0, x1 } = mainColumn;
  const depth = dice.number(1.9, 2.4) * (dressing ? program.storageScale : 1);
  const back = -px(depth);
  if (!bathroom) {
    addDressing(draft, frame, rect(x0, back, x1, 0), main, powder);
    return back;
  }
  const widths = [dice.number(1.6, 2), dice.number(1.8, 2.4)];
  const bathroomFirst = dice.chance(0.5);
  const cells = columns(x0, x1, back, 0, bathroomFirst ? widths : widths.toReversed());
  const [bath, rest] = (bathroomFirst ? cells : cells.toReversed()) as [Rect, Rect];
  if (dressing) addDressing(draft, frame, rest, main, powder);
  else draft.add(dice.chance(0.6) ? 'closet' : 'alpha', rest, { enteredFrom: [main] });
  draft.add('bathroom', bath, { enteredFrom: [main] });
  return back;
}

function addDressing(draft: Draft, { px }: Frame, cell: Rect, main: string, withPowder: boolean): void {
  if (!withPowder) {
    draft.add('dressing', cell, { enteredFrom: [main] });
    return;
  }
  const edge = cell.y1 - px(1.15);
  const powder = draft.add('powder', rect(cell.x0, edge, cell.x1, cell.y1), { enteredFrom: [main] });
  draft.add('dressing', rect(cell.x0, cell.y0, cell.x1, edge), { enteredFrom: [powder] });
}
