import type { Plan } from '../plan-types.ts';
import { createDice } from '../random.ts';

/** How a sheet is drawn; the two families of real sheets are CAD lines and solid presentation plans. */
export interface DrawingStyle {
  readonly walls: 'lined' | 'hatched' | 'solid';
  /** Wet rooms, entrances and balconies with tiles. */
  readonly tiles: boolean;
  /** Dashed lines of the ceiling. */
  readonly ceiling: boolean;
  /** Grey tone of living room and kitchen; 255 leaves them white. */
  readonly floorTone: number;
  readonly furniture: boolean;
  /** Dimension chains around the plan, 0 to 3 per side. */
  readonly chains: number;
  readonly frame: 'thick' | 'thin' | 'none';
}

export function drawStyle(plan: Plan): DrawingStyle {
  // Its own row of numbers: a change of the drawing must not change the plan.
  const dice = createDice(plan.seed, -2 - plan.index);
  const walls = dice.weighted<DrawingStyle['walls']>([
    ['lined', 3],
    ['hatched', 3],
    ['solid', 4],
  ]);
  return {
    walls,
    tiles: dice.chance(0.7),
    ceiling: walls !== 'solid' && dice.chance(0.6),
    floorTone: walls === 'solid' && dice.chance(0.5) ? dice.integer(190, 240) : 255,
    furniture: dice.chance(0.7),
    chains: dice.integer(0, 3),
    frame: dice.weighted<DrawingStyle['frame']>([
      ['thick', 4],
      ['thin', 4],
      ['none', 2],
    ]),
  };
}
