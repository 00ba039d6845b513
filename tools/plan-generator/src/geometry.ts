/** Everything is in whole pixels of the sheet, y pointing down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export type Side = 'north' | 'south' | 'east' | 'west';

export const rect = (x0: number, y0: number, x1: number, y1: number): Rect => ({ x0, y0, x1, y1 });

export const rectPoints = ({ x0, y0, x1, y1 }: Rect): Point[] => [
  { x: x0, y: y0 },
  { x: x1, y: y0 },
  { x: x1, y: y1 },
  { x: x0, y: y1 },
];

export function boundsOf(points: readonly Point[]): Rect {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return rect(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/** Area of a simple ring (shoelace formula). */
export function areaOf(points: readonly Point[]): number {
  return Math.abs(crossSum(points, () => 1)) / 2;
}

export function centroidOf(points: readonly Point[]): Point {
  const six = 3 * crossSum(points, () => 1);
  return { x: crossSum(points, (a, b) => a.x + b.x) / six, y: crossSum(points, (a, b) => a.y + b.y) / six };
}

function crossSum(points: readonly Point[], weight: (a: Point, b: Point) => number): number {
  return points.reduce((sum, a, i) => {
    const b = points[(i + 1) % points.length] as Point;
    return sum + (a.x * b.y - b.x * a.y) * weight(a, b);
  }, 0);
}

export const shrunk = ({ x0, y0, x1, y1 }: Rect, by: number): Rect =>
  rect(x0 + by, y0 + by, x1 - by, y1 - by);

export const overlap = (a: Rect, b: Rect): boolean =>
  a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/** Does the segment from `a` to `b` meet the rectangle (touching counts)? Liang–Barsky clipping. */
export function segmentMeetsRect(a: Point, b: Point, box: Rect): boolean {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  let enter = 0;
  let leave = 1;
  for (const [p, q] of [
    [-dx, a.x - box.x0],
    [dx, box.x1 - a.x],
    [-dy, a.y - box.y0],
    [dy, box.y1 - a.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false;
    } else if (p < 0) enter = Math.max(enter, q / p);
    else leave = Math.min(leave, q / p);
  }
  return enter <= leave;
}

/** A point turned about another, by radians, clockwise on a sheet whose y points down. */
export function turned({ x, y }: Point, middle: Point, angle: number): Point {
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  return {
    x: middle.x + (x - middle.x) * cos - (y - middle.y) * sin,
    y: middle.y + (x - middle.x) * sin + (y - middle.y) * cos,
  };
}

/** Does the point lie in the ring (even–odd rule)? Points on the rim may count either way. */
export function ringHolds(ring: readonly Point[], { x, y }: Point): boolean {
  let isInside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Point;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
  });
  return isInside;
}
