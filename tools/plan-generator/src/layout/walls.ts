import { rect, type Rect } from '../geometry.ts';
import type { Opening } from '../plan-types.ts';
import type { Border } from './grid.ts';

/** Walls as thin rectangles along the closed borders, interrupted where there is an opening. */
export function wallsOf(
  closedBorders: readonly Border[],
  openings: readonly Opening[],
  halfWall: number,
): Rect[] {
  return mergedRuns(closedBorders).flatMap(({ axis, at, from, to }) =>
    withoutOpenings(
      from - halfWall,
      to + halfWall,
      openings.filter((opening) => opening.axis === axis && opening.at === at),
    ).map(([a, b]) =>
      axis === 'h' ? rect(a, at - halfWall, b, at + halfWall) : rect(at - halfWall, a, at + halfWall, b),
    ),
  );
}

type Run = Pick<Border, 'axis' | 'at' | 'from' | 'to'>;

function mergedRuns(borders: readonly Border[]): Run[] {
  const runs: Run[] = [];
  for (const { axis, at, from, to } of borders) {
    const last = runs.at(-1);
    if (last?.axis === axis && last.at === at && last.to === from) runs[runs.length - 1] = { ...last, to };
    else runs.push({ axis, at, from, to });
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
