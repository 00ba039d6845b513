import type { Border } from './grid.ts';

export interface WallDepths {
  /** Half the thickness of a wall between two rooms. */
  readonly halfWall: number;
  /** By how much outer walls are thicker, outwards. */
  readonly outerExtra: number;
}

/** How far the two faces of a border's wall lie from its centre line. */
export function wallFaces(
  { before, after }: Pick<Border, 'before' | 'after'>,
  { halfWall, outerExtra }: WallDepths,
): { before: number; after: number } {
  return {
    before: halfWall + (before === null ? outerExtra : 0),
    after: halfWall + (after === null ? outerExtra : 0),
  };
}
