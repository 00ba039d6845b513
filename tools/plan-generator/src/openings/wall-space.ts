import type { Border } from '../layout/grid.ts';
import { wallFaces, type WallDepths } from '../layout/wall-faces.ts';
import type { Opening } from '../plan-types.ts';

/** Keeps account of which parts of the walls are taken, so that openings do not meet. */
export class WallSpace {
  readonly #taken: Opening[] = [];
  readonly #margin: number;
  readonly #depths: WallDepths;

  /** @param margin what must stay free between an opening and the wall's end or the next opening */
  constructor(margin: number, depths: WallDepths) {
    this.#margin = margin;
    this.#depths = depths;
  }

  /** Longest free stretch of a border; undefined when it is shorter than `length`. */
  free(border: Border, length: number): { from: number; to: number } | undefined {
    const ends = this.#taken
      .filter(({ axis, at }) => axis === border.axis && at === border.at)
      .sort((a, b) => a.from - b.from);
    let start = border.from + this.#margin;
    let best = { from: start, to: start };
    for (const { from, to } of [...ends, { from: border.to, to: border.to }]) {
      const stop = Math.min(from, border.to) - this.#margin;
      if (stop - start > best.to - best.from) best = { from: start, to: stop };
      start = Math.max(start, to + this.#margin);
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
    const faces = wallFaces(border, this.#depths);
    const opening = { axis: border.axis, at: border.at, from, to: from + length, rooms, ...faces };
    this.#taken.push(opening);
    return opening;
  }
}
