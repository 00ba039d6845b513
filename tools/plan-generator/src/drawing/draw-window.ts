import type { WindowOpening } from '../plan-types.ts';
import { openingFrame } from './opening-frame.ts';
import type { Pen, Stroke } from './pen.ts';
import type { DrawingStyle } from './style.ts';

/** Sashes are no deeper than this, however thick the wall is. */
const DEEPEST = 36;

export function drawWindow(pen: Pen, window: WindowOpening, style: DrawingStyle): void {
  const { box, near, far, hole } = openingFrame(window);
  const { from, to, at, before } = window;
  const { ink } = style;
  const line: Stroke = { gray: ink, width: 2 };
  pen.fill(hole, 255);
  // The sashes lie at the room's face of a thick wall; its outer face goes on as one line.
  const depth = Math.min(far - near, DEEPEST);
  const isOutsideNear = before > window.after;
  const [low, high] = isOutsideNear ? [far - depth, far] : [near, near + depth];
  const middle = (low + high) / 2;
  const across = (along: number) => pen.fill(box(along - 1, along + 1, low, high), ink);
  const along = (where: number, width = 2) =>
    pen.fill(box(from, to, where - width / 2, where + width / 2), ink);
  if (depth < far - near) {
    const outer = isOutsideNear ? near + 2 : far - 2;
    pen.fill(box(from, to, outer - 2, outer + 2), ink);
  }
  pen.outline(box(from, to, low, high), line);
  switch (style.windows) {
    case 'ticks':
      for (const share of to - from > 260 ? [1 / 3, 2 / 3] : [1 / 2]) across(from + (to - from) * share);
      return;
    case 'two lines':
      along(middle - depth / 6);
      along(middle + depth / 6);
      return;
    case 'frame':
      along(middle, 3);
      return;
    case 'sashes': {
      for (const where of [low + depth * 0.22, middle, high - depth * 0.22]) along(where, 1.5);
      along(low + depth * 0.36, 1);
      const half = depth * 0.16;
      for (const place of [from + 4, (from + to) / 2, to - 4]) {
        for (const row of [low + depth * 0.3, high - depth * 0.3]) {
          pen.outline(box(place - half, place + half, row - half, row + half), { gray: ink, width: 2 });
        }
      }
      // A centre mark, broken, on both sides of the wall.
      const dash: Stroke = { gray: 120, width: 1, dash: [12, 4, 3, 4] };
      const centre = (from + to) / 2;
      const mark =
        window.axis === 'h' ? [centre, at - 46, centre, at + 46] : [at - 46, centre, at + 46, centre];
      pen.line(...(mark as [number, number, number, number]), dash);
    }
  }
}
