import { overlap, rect, type Rect } from '../geometry.ts';
import type { Opening, Wall } from '../plan-types.ts';
import type { Border, Shape } from './grid.ts';
import { wallFaces, type WallDepths } from './wall-faces.ts';

/** Walls as thin rectangles along the closed borders, interrupted where there is an opening. */
export function wallsOf(
  closedBorders: readonly Border[],
  shapes: readonly Shape[],
  openings: readonly Opening[],
  depths: WallDepths,
): Wall[] {
  const cells = shapes.flatMap((shape) => shape.cells);
  return mergedRuns(closedBorders).flatMap((run) => {
    const { axis, at, outside } = run;
    const faces = wallFaces(run, depths);
    const across = (a: number, b: number): Rect =>
      axis === 'h'
        ? rect(a, at - faces.before, b, at + faces.after)
        : rect(at - faces.before, a, at + faces.after, b);
    return withoutOpenings(
      run.from - overhang(run, run.from, -1, cells, depths),
      run.to + overhang(run, run.to, 1, cells, depths),
      openings.filter((opening) => opening.axis === axis && opening.at === at),
    ).map(([a, b]) => ({ ...across(a, b), axis, outside }));
  });
}

/** How far a wall reaches beyond its end, to fill the corner: outer walls meet in a thick one unless a room lies there. */
function overhang(
  { axis, at, outside }: Run,
  end: number,
  direction: 1 | -1,
  cells: readonly Rect[],
  { halfWall, outerExtra }: WallDepths,
): number {
  if (outside === 0) return halfWall;
  const far = end + direction * (halfWall + outerExtra);
  const [a, b] = direction === 1 ? [end, far] : [far, end];
  const side = outside === -1 ? at - 1 : at;
  const corner = axis === 'h' ? rect(a, side, b, side + 1) : rect(side, a, side + 1, b);
  return cells.some((cell) => overlap(cell, corner)) ? halfWall : halfWall + outerExtra;
}

interface Run extends Border {
  readonly outside: Wall['outside'];
}

function mergedRuns(borders: readonly Border[]): Run[] {
  const runs: Run[] = [];
  for (const border of borders) {
    const outside = border.before === null ? -1 : border.after === null ? 1 : 0;
    const last = runs.at(-1);
    const continues =
      last?.axis === border.axis &&
      last.at === border.at &&
      last.to === border.from &&
      last.outside === outside;
    if (last && continues) runs[runs.length - 1] = { ...last, to: border.to };
    else runs.push({ ...border, outside });
  }
  return runs;
}

function withoutOpenings(from: number, to: number, openings: readonly Opening[]): [number, number][] {
  const pieces: [number, number][] = [];
  let start = from;
  for (const opening of [...openings].sort((a, b) => a.from - b.from)) {
    if (opening.to <= start || opening.from >= to) continue;
    if (opening.from > start) pieces.push([start, opening.from]);
    start = opening.to;
  }
  if (start < to) pieces.push([start, to]);
  return pieces;
}
