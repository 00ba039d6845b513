import type { BlockGrid } from './block-grid.ts';

// Headings along the edges between map pixels: 0 south, 1 east, 2 north, 3 west; a left turn adds one. The area is
// always on the left hand.
export const SOUTH = 0;
export const NORTH = 2;
export type Heading = 0 | 1 | 2 | 3;

const STEP_X = [0, 1, 0, -1] as const;
const STEP_Y = [1, 0, -1, 0] as const;
// Seen from a corner of the map's grid: the pixel that lies ahead on the left or on the right (offsets of its column
// and row from those of the corner).
const AHEAD_LEFT_X = [0, 0, -1, -1] as const;
const AHEAD_LEFT_Y = [0, -1, -1, 0] as const;
const AHEAD_RIGHT_X = [-1, 0, 0, -1] as const;
const AHEAD_RIGHT_Y = [0, 0, -1, -1] as const;
// The drawing pixel of the area where an edge ends or begins at a corner, from the first pixel below and right of it.
const ARRIVE_X = [0, -1, -1, 0] as const;
const ARRIVE_Y = [-1, -1, 0, 0] as const;
const LEAVE_X = [0, 0, -1, -1] as const;
const LEAVE_Y = [0, -1, -1, 0] as const;

export interface OutlineStart {
  /** Corner of the map's grid; corner (x, y) is the top left one of pixel (x, y). */
  readonly x: number;
  readonly y: number;
  readonly heading: Heading;
}

/** Is told every edge that is walked along: the pixel of the area beside it. */
export type OnEdge = (pixel: number, heading: Heading) => void;

/**
 * Walks once around an area of one class and collects the outline as OpenCV's border following gives it on the
 * enlarged map (8-connected, straight and diagonal runs compressed): it runs through the area's own border pixels,
 * corners that point inwards are cut diagonally.
 *
 * @param start an edge after a left turn
 * @returns flat coordinates `[x1, y1, x2, y2, …]` in drawing pixels, from the start on
 */
export function walkOutline(
  { classes, width, height, left, top }: BlockGrid,
  start: OutlineStart,
  onEdge: OnEdge,
): number[] {
  const value = classes[pixelOnTheLeft(start, width)];
  const isInside = (column: number, row: number): boolean =>
    column >= 0 && column < width && row >= 0 && row < height && classes[row * width + column] === value;

  let { x, y, heading } = start;
  const points = [left[x]! + LEAVE_X[heading], top[y]! + LEAVE_Y[heading]];
  do {
    onEdge(pixelOnTheLeft({ x, y, heading }, width), heading);
    x += STEP_X[heading];
    y += STEP_Y[heading];
    const before = heading;
    if (isInside(x + AHEAD_RIGHT_X[before], y + AHEAD_RIGHT_Y[before])) {
      heading = ((before + 3) & 3) as Heading;
    } else if (!isInside(x + AHEAD_LEFT_X[before], y + AHEAD_LEFT_Y[before])) {
      heading = ((before + 1) & 3) as Heading;
    }
    if (heading !== before) {
      const cornerX = left[x]!;
      const cornerY = top[y]!;
      addPoint(points, cornerX + ARRIVE_X[before], cornerY + ARRIVE_Y[before]);
      addPoint(points, cornerX + LEAVE_X[heading], cornerY + LEAVE_Y[heading]);
    }
  } while (x !== start.x || y !== start.y || heading !== start.heading);
  // The turn at the start has added the first point once more, except to an area of a single drawing pixel.
  if (points.length > 2) points.length -= 2;
  return points;
}

function pixelOnTheLeft({ x, y, heading }: OutlineStart, width: number): number {
  return (y + AHEAD_LEFT_Y[heading]) * width + x + AHEAD_LEFT_X[heading];
}

/** Adds a point, unless it is the last one again; a last point on the straight way to it gives place. */
function addPoint(points: number[], x: number, y: number): void {
  const end = points.length;
  const lastX = points[end - 2];
  const lastY = points[end - 1];
  if (lastX === x && lastY === y) return;
  if (end >= 4) {
    const isStraightOn =
      Math.sign(lastX! - points[end - 4]!) === Math.sign(x - lastX!) &&
      Math.sign(lastY! - points[end - 3]!) === Math.sign(y - lastY!);
    if (isStraightOn) points.length = end - 2;
  }
  points.push(x, y);
}
