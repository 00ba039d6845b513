import { rect, type Side } from '../geometry.ts';
import type { Dice } from '../random.ts';
import type { Draft } from './draft.ts';
import type { Frame } from './front-row.ts';
import type { KitchenVariant, Program } from './program.ts';

const KITCHEN_WINDOWS: Record<KitchenVariant, readonly Side[]> = {
  back: ['north'],
  side: ['west'],
  corner: ['west'],
  windowless: [],
  front: ['south'],
};

/** Adds the kitchen behind the living room (at `edge`), with the pantry and the utility room beside it. */
export function addKitchenZone(draft: Draft, dice: Dice, program: Program, frame: Frame, edge: number): void {
  const { px, livingLeft, livingRight } = frame;
  const depth = px(dice.number(2.6, 3.4) * Math.sqrt(program.livingScale));
  const back = edge - depth;
  const withPantry = program.pantry && livingRight - livingLeft > px(4.6);
  const kitchenRight = withPantry
    ? livingRight - px(dice.number(1.3, 1.7) * program.storageScale)
    : livingRight;
  const kitchen = draft.add('kitchen', rect(livingLeft, back, kitchenRight, edge), {
    windows: kitchenWindows(dice, program),
    windowShare: 0.4,
  });
  draft.open.push(['living1', kitchen]);
  if (withPantry) {
    draft.add('pantry', rect(kitchenRight, back, livingRight, edge), { enteredFrom: [kitchen, 'living1'] });
  }
  if (program.utility) addUtility(draft, dice, program, frame, kitchen, kitchenRight, back);
}

function kitchenWindows(dice: Dice, program: Program): readonly Side[] {
  if (program.kitchen !== 'corner') return KITCHEN_WINDOWS[program.kitchen];
  return dice.weighted<readonly Side[]>([
    [['north'], 3],
    [['west'], 3],
    [[], 2],
  ]);
}

function addUtility(
  draft: Draft,
  dice: Dice,
  program: Program,
  { px, livingLeft }: Frame,
  kitchen: string,
  right: number,
  front: number,
): void {
  const back = front - px(dice.number(1.3, 1.7));
  const withCondenser = program.condenser && right - livingLeft > px(3.6);
  const end = withCondenser ? right - px(dice.number(1, 1.3)) : right;
  const kind = program.secondKitchen ? 'kitchen' : dice.chance(0.65) ? 'utility' : 'balcony';
  const utility = draft.add(kind, rect(livingLeft, back, end, front), { enteredFrom: [kitchen] });
  if (withCondenser) draft.add('condenser', rect(end, back, right, front), { enteredFrom: [utility] });
}
