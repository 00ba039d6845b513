import { boundsOf, rectPoints, shrunk, type Rect } from '../geometry.ts';
import type { DoorOpening, WindowOpening } from '../plan-types.ts';
import type { Pen } from './pen.ts';
import type { DrawingStyle } from './style.ts';

const HATCH_PITCH = 9;
const LEAF = 6;

export function drawWalls(pen: Pen, walls: readonly Rect[], style: DrawingStyle['walls']): void {
  if (style === 'solid') {
    for (const wall of walls) pen.fill(wall, 20);
    return;
  }
  // The black rim of all first, then the white inside of all: no lines where walls join.
  for (const wall of walls) pen.fill(shrunk(wall, -1), 0);
  for (const wall of walls) pen.fill(shrunk(wall, 2), 255);
  if (style === 'hatched') {
    const inside = walls.map((wall) => shrunk(wall, 2));
    pen.within(inside, () => drawHatch(pen, boundsOf(walls.flatMap(rectPoints))));
  }
}

function drawHatch(pen: Pen, { x0, y0, x1, y1 }: Rect): void {
  const height = y1 - y0;
  for (let x = x0 - height; x < x1; x += HATCH_PITCH) pen.line(x, y1, x + height, y0, 170, 1);
}

export function drawWindow(pen: Pen, window: WindowOpening, halfWall: number): void {
  const box = shrunk(boundsOf(window.outline), 0);
  const wall =
    window.axis === 'h'
      ? { ...box, y0: window.at - halfWall, y1: window.at + halfWall }
      : { ...box, x0: window.at - halfWall, x1: window.at + halfWall };
  pen.fill(wall, 255);
  pen.outline(wall, 0, 2);
  const middle = (window.from + window.to) / 2;
  for (const shift of [-3, 3]) {
    if (window.axis === 'h') pen.line(window.from, window.at + shift, window.to, window.at + shift, 0, 2);
    else pen.line(window.at + shift, window.from, window.at + shift, window.to, 0, 2);
  }
  if (window.axis === 'h') pen.line(middle, wall.y0, middle, wall.y1, 0, 2);
  else pen.line(wall.x0, middle, wall.x1, middle, 0, 2);
}

export function drawDoor(pen: Pen, door: DoorOpening, halfWall: number): void {
  const point = (along: number, across: number) =>
    door.axis === 'h' ? { x: along, y: across } : { x: across, y: along };
  const box = (a0: number, a1: number, c0: number, c1: number): Rect =>
    boundsOf([point(a0, c0), point(a1, c1)]);
  const { from, to, at, swing } = door;
  pen.outline(box(from, from + 4, at - halfWall, at + halfWall), 0, 2);
  pen.outline(box(to - 4, to, at - halfWall, at + halfWall), 0, 2);
  if (swing === 0) {
    const middle = (from + to) / 2;
    pen.outline(box(from, middle + 8, at - LEAF, at), 0, 2);
    pen.outline(box(middle - 8, to, at, at + LEAF), 0, 2);
    return;
  }
  const [pin, end] = door.hinge === 'from' ? [from, to] : [to, from];
  const inward = Math.sign(end - pin);
  const face = at + swing * halfWall;
  const width = to - from;
  pen.outline(box(pin, pin + inward * LEAF, face, face + swing * width), 0, 2);
  pen.quarter(point(pin, face), width, point(inward, 0), point(0, swing), 150, 2);
}
