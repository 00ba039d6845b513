import { boundsOf, type Point, type Rect } from '../geometry.ts';
import type { Opening } from '../plan-types.ts';

/** An opening's own directions: along the wall and across it. */
export function openingFrame({ axis, at, from, to, before, after }: Opening) {
  const point = (along: number, across: number): Point =>
    axis === 'h' ? { x: along, y: across } : { x: across, y: along };
  const box = (a0: number, a1: number, c0: number, c1: number): Rect =>
    boundsOf([point(a0, c0), point(a1, c1)]);
  return { point, box, near: at - before, far: at + after, hole: box(from, to, at - before, at + after) };
}
