import type { BlockGrid } from './block-grid.ts';
import { NORTH, SOUTH, walkOutline } from './outline.ts';

/** The outer outline of one area of one class. */
export interface OuterOutline {
  /** The value in the class map, 1…255. */
  readonly value: number;
  /** Flat coordinates `[x1, y1, x2, y2, …]` in drawing pixels, counterclockwise as one sees it, y downwards. */
  readonly points: readonly number[];
}

const CLASSES = 256;

/**
 * For each class in rising order the outer outlines of its areas (8-connected), in the order, with the first vertex and
 * the direction of OpenCV's `findContours` (`RETR_EXTERNAL`, `CHAIN_APPROX_SIMPLE`) on the enlarged map of that class:
 * last found first. Holes are not reported, nor are areas of the class inside a hole of another of its areas.
 */
export function outerOutlines(grid: BlockGrid): OuterOutline[] {
  const { classes, width, height } = grid;
  const outlines: OuterOutline[] = [];
  // Edges met on a walk already: left edges of pixels as seen or not, right edges with the number of their outline.
  const isLeftWalked = new Uint8Array(classes.length);
  const rightOutline = new Int32Array(classes.length);
  /** By outline number: whether what lies beyond its right edges is outside of every area of the class. */
  const opensOutside = [true];
  /** By class: the outline whose right edge was passed last in this row; 0 for none, so outside. */
  const lastPassed = new Int32Array(CLASSES);

  const walk = (x: number, y: number, heading: typeof SOUTH | typeof NORTH, isOutside: boolean): number[] => {
    const number = opensOutside.push(isOutside) - 1;
    return walkOutline(grid, { x, y, heading }, (pixel, edge) => {
      if (edge === SOUTH) isLeftWalked[pixel] = 1;
      else if (edge === NORTH) rightOutline[pixel] = number;
    });
  };

  for (let y = 0, pixel = 0; y < height; y += 1) {
    lastPassed.fill(0);
    let previous = 0;
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const value = classes[pixel]!;
      if (value === previous) continue;
      if (previous !== 0) {
        // In reading order the first edge of a hole that is met is the right edge of the area around it. It is walked
        // only to be known, so that areas inside can be told.
        if (rightOutline[pixel - 1] === 0) walk(x, y + 1, NORTH, false);
        lastPassed[previous] = rightOutline[pixel - 1]!;
      }
      if (value !== 0 && isLeftWalked[pixel] === 0) {
        const isOutside = opensOutside[lastPassed[value]!]!;
        const points = walk(x, y, SOUTH, isOutside);
        if (isOutside) outlines.push({ value, points });
      }
      previous = value;
    }
  }
  return outlines.reverse().sort((one, other) => one.value - other.value);
}
