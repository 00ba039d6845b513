import { overlap, rect, type Rect } from '../geometry.ts';
import type { Border } from '../layout/grid.ts';
import { wallFaces, type WallDepths } from '../layout/wall-faces.ts';
import type { Opening, Wall } from '../plan-types.ts';

export interface WallSpaceParams {
  /** What must stay free between an opening and the face of a crossing wall. */
  readonly clearance: number;
  readonly depths: WallDepths;
  /** All walls, whole: openings keep off those that cross or meet their own. */
  readonly walls: readonly Wall[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Keeps account of which parts of the walls are taken, so that openings meet neither each other nor another wall. */
export class WallSpace {
  readonly #taken: Opening[] = [];
  readonly #params: WallSpaceParams;

  constructor(params: WallSpaceParams) {
    this.#params = params;
  }

  /** Longest free stretch of a border; undefined when it is shorter than `length`. */
  free(border: Border, length: number): Stretch | undefined {
    const { clearance, depths } = this.#params;
    const margin = depths.halfWall + clearance;
    const openings = this.#taken
      .filter(({ axis, at }) => axis === border.axis && at === border.at)
      .map(({ from, to }) => ({ from: from - margin, to: to + margin }));
    const walls = this.#wallsInTheWay(border).map(({ from, to }) => ({
      from: from - clearance,
      to: to + clearance,
    }));
    let start = border.from + margin;
    let best = { from: start, to: start };
    const end = border.to - margin;
    const stops = [...openings, ...walls].sort((a, b) => a.from - b.from);
    for (const { from, to } of [...stops, { from: end, to: end }]) {
      const stop = Math.min(from, end);
      if (stop - start > best.to - best.from) best = { from: start, to: stop };
      start = Math.max(start, to);
    }
    return best.to - best.from >= length ? best : undefined;
  }

  /** Takes `length` of the border's longest free stretch: in its middle or at one of its ends. */
  take(border: Border, length: number, where: 'middle' | 'from' | 'to'): Opening | undefined {
    const space = this.free(border, length);
    if (!space) return undefined;
    const slack = space.to - space.from - length;
    const from = space.from + { from: 0, middle: Math.round(slack / 2), to: slack }[where];
    const rooms = [border.before, border.after].filter((key) => key !== null);
    const faces = wallFaces(border, this.#params.depths);
    const opening = { axis: border.axis, at: border.at, from, to: from + length, rooms, ...faces };
    this.#taken.push(opening);
    return opening;
  }

  /** Where other walls stand in the border's own: at its ends, and where the thick wall of a corner reaches further. */
  #wallsInTheWay(border: Border): Stretch[] {
    const { axis, at, from, to } = border;
    const { before, after } = wallFaces(border, this.#params.depths);
    const strip: Rect =
      axis === 'h' ? rect(from, at - before, to, at + after) : rect(at - before, from, at + after, to);
    return this.#params.walls.flatMap((wall) => {
      if (!overlap(wall, strip)) return [];
      const [start, end] = axis === 'h' ? [wall.x0, wall.x1] : [wall.y0, wall.y1];
      const isOwn = wall.axis === axis && start <= from && end >= to;
      return isOwn ? [] : [{ from: start, to: end }];
    });
  }
}
