import type { Box, SpaceShape } from '../contract.ts';

/** Around the plan, as a share of its size: dimension lines are there. */
const MARGIN = 0.1;

export interface ViewOfParams {
  readonly spaces: readonly SpaceShape[];
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The part of a drawing that its plan is in, in whole pixels; all of it where there are no spaces in it. */
export function viewOf({ spaces, width, height }: ViewOfParams): Box {
  const corners = spaces.flatMap(({ points }) =>
    points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]),
  );
  const range = (axis: 0 | 1, size: number): [number, number] => {
    const values = corners.map((corner) => corner[axis]);
    return [Math.max(0, Math.min(...values)), Math.min(size, Math.max(...values))];
  };
  const [left, right] = range(0, width);
  const [top, bottom] = range(1, height);
  if (!(right > left && bottom > top)) return [0, 0, width, height];
  const margin = MARGIN * Math.max(right - left, bottom - top);
  const from = [Math.max(0, Math.floor(left - margin)), Math.max(0, Math.floor(top - margin))] as const;
  const to = [
    Math.min(width, Math.ceil(right + margin)),
    Math.min(height, Math.ceil(bottom + margin)),
  ] as const;
  return [from[0], from[1], to[0] - from[0], to[1] - from[1]];
}
