import { rect, type Rect } from '../geometry.ts';
import type { Dice } from '../random.ts';
import { addBackRow, drawBackRow, widthOf, type BackRow } from './back-row.ts';
import { addFrontBalconies } from './balconies.ts';
import { carveShafts } from './carve-shafts.ts';
import { Draft } from './draft.ts';
import { addFrontRow, drawFrontWidths, type Frame, type FrontWidths } from './front-row.ts';
import { addKitchenZone } from './kitchen-zone.ts';
import { addMainSuite } from './main-suite.ts';
import type { Program } from './program.ts';
import { addSideBalconies } from './side-balconies.ts';

/**
 * Draws a house for the program: front row with the living room, corridor behind it (part of the living room), back
 * row, kitchen zone behind the living room, suite of the main bedroom, balconies, stairs.
 */
export function layOut(dice: Dice, program: Program, px: (metres: number) => number): Draft {
  const draft = new Draft();
  const widths = drawFrontWidths(dice, program);
  const backLeft = program.kitchen !== 'front' && program.leftRooms > 0 && program.backBedrooms > 1;
  const innerLeft = program.leftRooms === 2;
  const onLeft = backLeft || (innerLeft && program.backBedrooms > 0) ? 1 : 0;
  const row = drawBackRow(dice, program, program.backBedrooms - onLeft, backRoom(program, widths));
  const frame = frameOf(dice, program, widths, row, px);

  const dining = program.kitchen === 'front' ? 0 : -px(dice.number(0, 1.4) * program.livingScale);
  const living: Rect[] = [rect(frame.livingLeft, dining, frame.livingRight, frame.front)];
  if (frame.corridorRight > frame.livingRight) {
    living.push(rect(frame.livingRight, 0, frame.corridorRight, frame.corridorFront));
  }
  const inner = innerLeft ? frame.frontRooms[1] : undefined;
  if (inner) living.push(rect(inner.x0, 0, inner.x1, frame.corridorFront));
  draft.add('living', living, {
    windows: program.kitchen === 'corner' ? ['south', 'west'] : ['south'],
    windowShare: dice.number(0.6, 0.75),
  });

  if (frame.corridorRight < frame.right && frame.mainColumn?.x1 !== frame.right) {
    draft.add('closet', rect(frame.corridorRight, 0, frame.right, frame.corridorFront), {
      enteredFrom: ['living1'],
    });
  }
  addFrontRow(draft, program, frame);
  if (program.kitchen !== 'front') addKitchenZone(draft, dice, program, frame, dining);
  addBackRow(
    draft,
    dice,
    program,
    frame,
    row,
    program.kitchen === 'front' ? frame.livingLeft : frame.livingRight,
  );
  const main = draft.rooms.find((room) => room.isMainBedroom)?.key ?? '';
  const suiteBack = addMainSuite(draft, dice, program, frame, main);
  if (inner) {
    draft.add(onLeft ? 'bedroom' : 'alpha', rect(inner.x0, -px(dice.number(2.8, 3.4)), inner.x1, 0), {
      enteredFrom: ['living1'],
      windows: onLeft ? ['north'] : [],
    });
  } else if (backLeft && frame.mainColumn) {
    const { x0, x1 } = frame.mainColumn;
    draft.add('bedroom', rect(x0, suiteBack - px(dice.number(2.8, 3.4)), x1, suiteBack), {
      enteredFrom: ['living1', 'kitchen1'],
      windows: ['north'],
    });
  }
  addFrontBalconies(draft, dice, program, frame);
  addSideBalconies(draft, dice, px);
  carveShafts(draft, dice, px);
  return draft;
}

/** Metres that the back row may fill without becoming longer than the front. */
function backRoom(program: Program, { living, right }: FrontWidths): number {
  const beside = right.reduce((sum, width) => sum + width, 0);
  const mainAtEnd = program.leftRooms === 0 && right.length > 1 ? (right.at(-1) ?? 0) : 0;
  return beside - mainAtEnd + (program.kitchen === 'front' ? living : 0);
}

function frameOf(
  dice: Dice,
  program: Program,
  widths: FrontWidths,
  row: BackRow,
  px: (metres: number) => number,
): Frame {
  const back = widthOf(row.sheltered) + widthOf(row.free);
  const room = backRoom(program, widths);
  const mainAtRight = program.leftRooms === 0 && widths.right.length > 1;
  // The back row is a little longer: the front rooms grow with it; much longer: it sticks out behind a notch.
  const grow = back > room && (back < room * 1.2 || mainAtRight) ? back / room : 1;
  const frontRooms: { x0: number; x1: number }[] = [];
  let x = 0;
  const place = (width: number) => {
    frontRooms.push({ x0: x, x1: x + px(width) });
    x += px(width);
  };
  widths.left.forEach(place);
  const livingLeft = x;
  place(widths.living);
  const livingRight = x;
  widths.right.forEach((width, i) => {
    place(mainAtRight && i === widths.right.length - 1 ? width : width * grow);
  });
  const start = program.kitchen === 'front' ? livingLeft : livingRight;
  const right = Math.max(x, mainAtRight ? 0 : start + px(back));
  const mainColumn = mainAtRight ? frontRooms.at(-1) : program.leftRooms > 0 ? frontRooms[0] : undefined;
  const closetAtEnd =
    !mainAtRight && right === x && widths.right.length > 1 && program.closet && dice.chance(0.5);
  const corridorFront = px(dice.number(1.15, 1.45));
  return {
    px,
    livingLeft,
    livingRight,
    right,
    corridorRight: mainAtRight ? (mainColumn?.x0 ?? right) : right - (closetAtEnd ? px(1.3) : 0),
    mainColumn: mainColumn ?? null,
    corridorFront,
    front: corridorFront + px(dice.number(3.3, 4.3)),
    frontRooms,
  };
}
