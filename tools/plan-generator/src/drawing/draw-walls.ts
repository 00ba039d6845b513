import { boundsOf, rect, rectPoints, shrunk, type Point, type Rect } from '../geometry.ts';
import type { Plan, Wall } from '../plan-types.ts';
import type { Pen, Stroke } from './pen.ts';
import type { DrawingStyle, WallFill } from './style.ts';

const RIM = 3;
const HATCH_PITCH = 9;
const HATCH: Stroke = { gray: 150, width: 1 };
/** Depth of the insulation strip as a share of an outer wall, its zigzag's period in pixels. */
const INSULATION = 0.34;
const ZIGZAG_PERIOD = 7;

/** All walls, filled as the style says, with rims around the whole of them. */
export function drawWalls(pen: Pen, { walls, halfWall }: Plan, style: DrawingStyle): void {
  const outer = walls.filter(({ outside }) => outside !== 0);
  const inner = walls.filter(({ outside }) => outside === 0);
  // The rims of all first, then the insides of all: no lines where walls join.
  for (const wall of walls) pen.fill(shrunk(wall, -1), style.ink);
  const opened = walls.filter((wall) => (wall.outside === 0 ? style.innerFill : style.outerFill) !== 'solid');
  for (const wall of opened) pen.fill(shrunk(wall, RIM - 1), 255);
  fillInside(pen, inner, style.innerFill);
  fillInside(pen, outer, style.outerFill);
  if (!style.insulation) return;
  for (const wall of outer) {
    if (style.outerFill === 'solid') pen.fill(insideStrip(wall, halfWall * 0.6), 150);
    else drawInsulation(pen, wall, style);
  }
}

function fillInside(pen: Pen, walls: readonly Wall[], fill: WallFill): void {
  if (walls.length === 0 || fill === 'empty' || fill === 'solid') return;
  const inside = walls.map((wall) => shrunk(wall, RIM - 1));
  if (fill === 'gray') {
    for (const box of inside) pen.fill(box, 190);
    return;
  }
  const { x0, y0, x1, y1 } = boundsOf(walls.flatMap(rectPoints));
  const height = y1 - y0;
  pen.within(inside, () => {
    for (let x = x0 - height; x < x1; x += HATCH_PITCH) {
      pen.line(x, y1, x + height, y0, HATCH);
      if (fill === 'crossed') pen.line(x, y0, x + height, y1, HATCH);
    }
  });
}

/** The strip of an outer wall along its inner face. */
function insideStrip({ x0, y0, x1, y1, axis, outside }: Wall, depth: number): Rect {
  if (axis === 'h') return outside === -1 ? rect(x0, y1 - depth, x1, y1) : rect(x0, y0, x1, y0 + depth);
  return outside === -1 ? rect(x1 - depth, y0, x1, y1) : rect(x0, y0, x0 + depth, y1);
}

function drawInsulation(pen: Pen, wall: Wall, { ink }: DrawingStyle): void {
  const depth = Math.round((wall.axis === 'h' ? wall.y1 - wall.y0 : wall.x1 - wall.x0) * INSULATION);
  if (depth < 6) return;
  const strip = insideStrip(wall, depth);
  pen.fill(strip, 255);
  pen.outline(strip, { gray: ink, width: 2 });
  const [from, to] = wall.axis === 'h' ? [strip.x0, strip.x1] : [strip.y0, strip.y1];
  const [low, high] = wall.axis === 'h' ? [strip.y0 + 2, strip.y1 - 2] : [strip.x0 + 2, strip.x1 - 2];
  const points: Point[] = [];
  for (let along = from, isHigh = false; along <= to; along += ZIGZAG_PERIOD / 2, isHigh = !isHigh) {
    const across = isHigh ? high : low;
    points.push(wall.axis === 'h' ? { x: along, y: across } : { x: across, y: along });
  }
  if (points.length > 1) pen.path(points, { gray: ink, width: 1 });
}
