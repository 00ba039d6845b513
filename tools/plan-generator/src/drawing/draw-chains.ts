import type { Rect } from '../geometry.ts';
import type { Room } from '../plan-types.ts';
import type { Pen } from './pen.ts';

const DISTANCE = 165;
const PITCH = 47;
const OVERSHOOT = 18;
const SLASH = 7;

/** Dimension chains (without figures) on the front, the back and the two ends of the plan. */
export function drawChains(pen: Pen, rooms: readonly Room[], plan: Rect, chains: number): void {
  const xs = [...new Set(rooms.flatMap(({ core }) => [core.x0, core.x1]))].sort((a, b) => a - b);
  const ys = [...new Set(rooms.flatMap(({ core }) => [core.y0, core.y1]))].sort((a, b) => a - b);
  for (let chain = 0; chain < chains; chain++) {
    // The outermost chain measures the whole, the inner ones more and more of the parts.
    const every = chain === chains - 1 ? Infinity : chain + 1;
    const shift = DISTANCE + chain * PITCH;
    for (const y of [plan.y0 - shift, plan.y1 + shift]) {
      pen.line(plan.x0 - OVERSHOOT, y, plan.x1 + OVERSHOOT, y, 0, 2);
      for (const x of marks(xs, every)) pen.line(x - SLASH, y + SLASH, x + SLASH, y - SLASH, 0, 2);
    }
    for (const x of [plan.x0 - shift, plan.x1 + shift]) {
      pen.line(x, plan.y0 - OVERSHOOT, x, plan.y1 + OVERSHOOT, 0, 2);
      for (const y of marks(ys, every)) pen.line(x - SLASH, y + SLASH, x + SLASH, y - SLASH, 0, 2);
    }
  }
}

const marks = (values: readonly number[], every: number): number[] =>
  values.filter((_, i) => i === 0 || i === values.length - 1 || i % every === 0);
