import type { Plan } from '../plan-types.ts';
import { createDice, type Dice } from '../random.ts';

export type WallFill = 'empty' | 'hatched' | 'crossed' | 'gray' | 'solid';
export type DoorLook = 'arc' | 'leaf and arc' | 'white disc' | 'dashed arc' | 'bar';
export type WindowLook = 'ticks' | 'two lines' | 'sashes' | 'frame';
export type FloorLook = 'plain' | 'gradient' | 'planks' | 'tiles';
export type FixtureLook = 'fine' | 'bold' | 'filled' | 'shaded' | 'simple';

/** How a sheet is drawn. Grey values are 0 black to 255 white. */
export interface DrawingStyle {
  /** Numbers for details that differ from room to room; taken in the order of drawing. */
  readonly dice: Dice;
  /** Of walls and main lines. */
  readonly ink: number;
  /** Of fine lines: fixtures, tiles, arcs. */
  readonly fineInk: number;
  readonly fineWidth: number;
  readonly outerFill: WallFill;
  readonly innerFill: WallFill;
  /** A zigzag strip of insulation inside the outer walls. */
  readonly insulation: boolean;
  readonly doors: DoorLook;
  readonly windows: WindowLook;
  readonly bedroomFloor: FloorLook;
  readonly livingFloor: FloorLook;
  readonly wetFloor: FloorLook;
  /** Mean grey of bedrooms; living rooms and kitchens; wet rooms and balconies. */
  readonly bedroomTone: number;
  readonly livingTone: number;
  readonly wetTone: number;
  readonly shaftTone: number;
  readonly shaftsAreCrossed: boolean;
  readonly fixtures: FixtureLook;
  /** Share of the furniture that is drawn. */
  readonly furniture: number;
  readonly isFurnitureDashed: boolean;
  /** Dashed lines of the ceiling and of former balconies. */
  readonly ceiling: boolean;
  /** Circles with the sizes of doors and windows. */
  readonly tags: boolean;
  /** Axis lines through the walls. */
  readonly axes: boolean;
  /** Dimension chains on each side. */
  readonly chains: number;
  readonly chainEnds: 'slash' | 'dot' | 'tick';
  readonly figures: 'plain' | 'comma';
  readonly figureSize: number;
  readonly frame: 'thick' | 'thin' | 'none';
  readonly title: 'circle' | 'underlined' | 'none';
  /** Scale at which the plan is painted before it is enlarged; 1 is sharp. */
  readonly sharpness: number;
  /** Quality of a JPEG picture on the way; null is none. */
  readonly jpeg: number | null;
  readonly blur: number;
}

export function drawStyle(plan: Plan): DrawingStyle {
  // Its own row of numbers: a change of the drawing must not change the plan.
  const dice = createDice(plan.seed, -2 - plan.index);
  return plan.family === 'cad' ? cadStyle(dice) : shadedStyle(dice);
}

function cadStyle(dice: Dice): DrawingStyle {
  const outerFill = dice.weighted<WallFill>([['empty', 5], ['hatched', 2], ['gray', 1], ['solid', 0.7]]); // prettier-ignore
  return {
    dice,
    ink: dice.weighted([[0, 6], [40, 2], [80, 1]]), // prettier-ignore
    fineInk: dice.integer(90, 200),
    fineWidth: dice.weighted([[1, 5], [2, 3]]), // prettier-ignore
    outerFill,
    innerFill: outerFill === 'solid' ? 'solid' : dice.weighted<WallFill>([['empty', 2], ['hatched', 2], ['crossed', 5], ['gray', 1]]), // prettier-ignore
    insulation: outerFill !== 'solid' && dice.chance(0.75),
    doors: dice.weighted<DoorLook>([['leaf and arc', 6], ['arc', 2], ['dashed arc', 1], ['bar', 0.4]]), // prettier-ignore
    windows: dice.weighted<WindowLook>([['sashes', 6], ['two lines', 3], ['frame', 1], ['ticks', 1]]), // prettier-ignore
    bedroomFloor: dice.chance(0.06) ? 'planks' : 'plain',
    livingFloor: dice.chance(0.08) ? 'planks' : 'plain',
    wetFloor: dice.chance(0.8) ? 'tiles' : 'plain',
    bedroomTone: 255,
    livingTone: dice.chance(0.06) ? dice.integer(225, 250) : 255,
    wetTone: dice.chance(0.1) ? dice.integer(225, 250) : 255,
    shaftTone: dice.chance(0.15) ? dice.integer(140, 240) : 255,
    shaftsAreCrossed: dice.chance(0.85),
    fixtures: dice.weighted<FixtureLook>([['fine', 6], ['bold', 2], ['simple', 1]]), // prettier-ignore
    furniture: dice.chance(0.3) ? 0 : dice.number(0.2, 0.9),
    isFurnitureDashed: dice.chance(0.5),
    ceiling: dice.chance(0.7),
    tags: dice.chance(0.7),
    axes: dice.chance(0.7),
    chains: dice.weighted([[0, 1], [1, 2], [2, 3], [3, 5]]), // prettier-ignore
    chainEnds: dice.pick(['slash', 'dot', 'tick']),
    figures: dice.chance(0.8) ? 'plain' : 'comma',
    figureSize: dice.integer(18, 24),
    frame: dice.weighted([['thick', 6], ['thin', 2], ['none', 2]]), // prettier-ignore
    title: dice.weighted([['circle', 5], ['underlined', 2], ['none', 3]]), // prettier-ignore
    sharpness: dice.chance(0.15) ? dice.number(0.5, 0.9) : 1,
    jpeg: dice.chance(0.1) ? dice.integer(50, 85) : null,
    blur: dice.chance(0.3) ? dice.number(0.3, 1) : 0,
  };
}

function shadedStyle(dice: Dice): DrawingStyle {
  const isDark = dice.chance(0.5);
  const isWhite = !isDark && dice.chance(0.3);
  const floor = (): FloorLook => dice.weighted<FloorLook>([['plain', 2], ['gradient', 4], ['planks', 3]]); // prettier-ignore
  const bedroomFloor = isWhite ? 'plain' : floor();
  return {
    dice,
    ink: dice.integer(0, 50),
    fineInk: dice.integer(20, 150),
    fineWidth: dice.weighted([[1, 1], [2, 3], [3, 1]]), // prettier-ignore
    outerFill: 'solid',
    innerFill: 'solid',
    insulation: dice.chance(0.2),
    doors: dice.weighted<DoorLook>([['white disc', 5], ['leaf and arc', 2], ['dashed arc', 2], ['bar', 1]]), // prettier-ignore
    windows: dice.weighted<WindowLook>([['ticks', 5], ['two lines', 2], ['sashes', 3], ['frame', 2]]), // prettier-ignore
    bedroomFloor,
    livingFloor: isWhite ? 'plain' : dice.chance(0.7) ? 'planks' : bedroomFloor,
    wetFloor: dice.chance(0.7) ? 'tiles' : 'plain',
    bedroomTone: isWhite ? 255 : dice.integer(175, 245),
    livingTone: isWhite ? dice.integer(235, 255) : isDark ? dice.integer(60, 140) : dice.integer(140, 240),
    wetTone: isWhite ? 255 : dice.integer(205, 255),
    shaftTone: dice.chance(0.5) ? dice.integer(95, 235) : 255,
    shaftsAreCrossed: dice.chance(0.65),
    fixtures: dice.weighted<FixtureLook>([['filled', 4], ['bold', 3], ['shaded', 2], ['fine', 2], ['simple', 1]]), // prettier-ignore
    furniture: dice.chance(0.45) ? 0 : dice.number(0.2, 0.9),
    isFurnitureDashed: dice.chance(0.4),
    ceiling: dice.chance(0.12),
    tags: false,
    axes: false,
    chains: dice.weighted([[0, 1], [1, 4], [2, 4]]), // prettier-ignore
    chainEnds: dice.pick(['slash', 'dot', 'tick']),
    figures: dice.chance(0.5) ? 'plain' : 'comma',
    figureSize: dice.integer(25, 40),
    frame: dice.weighted([['thick', 1], ['thin', 6], ['none', 2]]), // prettier-ignore
    title: dice.weighted([['circle', 1], ['underlined', 3], ['none', 6]]), // prettier-ignore
    sharpness: dice.chance(0.5) ? dice.number(0.35, 0.75) : 1,
    jpeg: dice.chance(0.5) ? dice.integer(35, 80) : null,
    blur: dice.chance(0.3) ? dice.number(0.3, 1.2) : 0,
  };
}
