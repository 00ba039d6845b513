import { rect, type Rect, type Side } from '../../geometry.ts';
import { writeText } from '../../lettering/write-text.ts';
import type { Plan } from '../../plan-types.ts';
import type { Dice } from '../../random.ts';
import type { Pen, Stroke } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

const PITCH = 47;
const OVERSHOOT = 18;

/**
 * Dimension chains with their figures (mm) on most sides, and axis lines between plan and chains.
 *
 * @param taken a side that has no space for chains
 */
export function drawChains(pen: Pen, plan: Plan, walls: Rect, taken: Side | null, style: DrawingStyle): void {
  const { dice, chains } = style;
  const first = dice.integer(60, 170);
  const extension = drawExtension(dice, plan.family === 'cad');
  const sides: Side[] = (['north', 'south', 'west', 'east'] as const).filter(
    (side) => dice.chance(0.85) && side !== taken,
  );
  for (const side of sides) {
    const isHorizontal = side === 'north' || side === 'south';
    const values = marksOf(plan, walls, isHorizontal);
    if (style.axes) drawAxes(pen, walls, side, values, first + PITCH * chains, style);
    for (let chain = 0; chain < chains; chain++) {
      // The outermost chain measures the whole, the inner ones more and more of the parts.
      const isWhole = chain === chains - 1;
      const marks = values.filter(
        (_, i) => i === 0 || i === values.length - 1 || (!isWhole && i % (chains - chain) === 0),
      );
      drawChain(pen, walls, side, marks, first + chain * PITCH, plan.pixelsPerMetre, extension, style);
    }
  }
}

/** Where walls meet the edge of the plan, far enough apart to be measured. */
function marksOf({ rooms }: Plan, walls: Rect, isHorizontal: boolean): number[] {
  const [from, to] = isHorizontal ? [walls.x0, walls.x1] : [walls.y0, walls.y1];
  const edges = rooms.flatMap(({ core }) => (isHorizontal ? [core.x0, core.x1] : [core.y0, core.y1]));
  const inner = [...new Set(edges)].sort((a, b) => a - b);
  const kept = [from];
  for (const value of inner) if (value - (kept.at(-1) as number) > 90 && to - value > 90) kept.push(value);
  return [...kept, to];
}

function drawChain(
  pen: Pen,
  walls: Rect,
  side: Side,
  marks: readonly number[],
  distance: number,
  pixelsPerMetre: number,
  extension: Extension,
  { ink, chainEnds, figures, figureSize, fineInk }: DrawingStyle,
): void {
  const isHorizontal = side === 'north' || side === 'south';
  const at = { north: walls.y0 - distance, south: walls.y1 + distance, west: walls.x0 - distance, east: walls.x1 + distance }[side]; // prettier-ignore
  const line: Stroke = { gray: chainEnds === 'slash' ? ink : fineInk, width: 2 };
  const segment = (a0: number, c0: number, a1: number, c1: number, stroke = line) =>
    isHorizontal ? pen.line(a0, c0, a1, c1, stroke) : pen.line(c0, a0, c1, a1, stroke);
  const [start, end] = [marks[0] as number, marks.at(-1) as number];
  segment(start - OVERSHOOT, at, end + OVERSHOOT, at);
  for (const mark of marks) {
    if (chainEnds === 'slash') segment(mark - 7, at + 7, mark + 7, at - 7);
    else if (chainEnds === 'tick') segment(mark, at - 14, mark, at + 14);
    else {
      const [x, y] = isHorizontal ? [mark, at] : [at, mark];
      pen.fillEllipse(rect(x - 5, y - 5, x + 5, y + 5), ink);
    }
    drawExtensionLines(segment, mark, at, side, distance, extension);
  }
  marks.slice(1).forEach((mark, i) => {
    const before = marks[i] as number;
    const millimetres = Math.round(((mark - before) / pixelsPerMetre) * 100) * 10;
    const text = figures === 'comma' ? millimetres.toLocaleString('en') : String(millimetres);
    const middle = (before + mark) / 2;
    const above = at - figureSize * 0.75;
    const [x, y] = isHorizontal ? [middle, above] : [above, middle];
    writeText(pen.context, rect(x, y, x, y), { text, font: 'gothic-regular', size: figureSize, gray: ink, isTurned: !isHorizontal }); // prettier-ignore
  });
}

/** Thin lines through the walls that stick out of the plan; half-circle marks where they end. */
function drawAxes(
  pen: Pen,
  walls: Rect,
  side: Side,
  marks: readonly number[],
  reach: number,
  { dice, ink }: DrawingStyle,
): void {
  const thin: Stroke = { gray: 170, width: 1, ...(dice.chance(0.6) ? { dash: [60, 8, 8, 8] } : {}) };
  const isDouble = dice.chance(0.5);
  for (const mark of marks) {
    if (!dice.chance(0.8)) continue;
    const from = dice.integer(-100, 60);
    const lines = isDouble ? [mark - 6, mark + 6] : [mark];
    for (const where of lines) {
      if (side === 'north') pen.line(where, walls.y0 + from, where, walls.y0 - reach, thin);
      if (side === 'south') pen.line(where, walls.y1 - from, where, walls.y1 + reach, thin);
      if (side === 'west') pen.line(walls.x0 + from, where, walls.x0 - reach, where, thin);
      if (side === 'east') pen.line(walls.x1 - from, where, walls.x1 + reach, where, thin);
    }
    const out = reach + 22;
    const [x, y] = { north: [mark, walls.y0 - out], south: [mark, walls.y1 + out], west: [walls.x0 - out, mark], east: [walls.x1 + out, mark] }[side] as [number, number]; // prettier-ignore
    pen.ellipse(rect(x - 15, y - 15, x + 15, y + 15), { gray: ink, width: 2 });
  }
}

/** The lines between a chain and the plan. */
interface Extension {
  /** Between their end and the plan, in pixels; null: they are short. */
  readonly gap: number | null;
  /** Distance of the two lines of a pair; 0 for single lines. */
  readonly apart: number;
  readonly stroke: Stroke;
}

function drawExtension(dice: Dice, isCad: boolean): Extension {
  return {
    gap: dice.chance(isCad ? 0.7 : 0.3) ? dice.integer(8, 60) : null,
    apart: dice.chance(isCad ? 0.5 : 0.1) ? dice.integer(8, 22) : 0,
    stroke: { gray: dice.weighted([[0, 2], [120, 1], [180, 1]]), width: dice.pick([1, 2, 3]) }, // prettier-ignore
  };
}

/** Towards the plan, stopping before it. */
function drawExtensionLines(
  segment: (a0: number, c0: number, a1: number, c1: number, stroke: Stroke) => void,
  mark: number,
  at: number,
  side: Side,
  distance: number,
  { gap, apart, stroke }: Extension,
): void {
  const inward = side === 'north' || side === 'west' ? 1 : -1;
  const reach = inward * (gap === null ? 22 : Math.max(22, distance - gap));
  for (const shift of apart === 0 ? [0] : [-apart / 2, apart / 2]) {
    segment(mark + shift, at, mark + shift, at + reach, stroke);
  }
}
