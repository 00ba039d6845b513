import { shrunk } from '../geometry.ts';
import type { Plan } from '../plan-types.ts';
import type { Pen, Stroke } from './pen.ts';
import type { DrawingStyle } from './style.ts';

/** Dashed outlines of lowered ceilings, and pairs of dashes where a balcony used to begin. */
export function drawCeiling(
  pen: Pen,
  { rooms, pixelsPerMetre }: Plan,
  { ceiling, dice, ink }: DrawingStyle,
): void {
  if (!ceiling) return;
  const dashed: Stroke = { gray: ink, width: dice.pick([2, 3]), dash: [39, 17] };
  const inset = dice.integer(28, 42);
  for (const { kind, core } of rooms) {
    if (kind !== 'bedroom' && kind !== 'living' && kind !== 'kitchen') continue;
    if (dice.chance(0.75)) pen.outline(shrunk(core, inset), dashed);
  }
  if (!dice.chance(0.5)) return;
  const bedrooms = rooms.filter(({ kind }) => kind === 'bedroom' || kind === 'living');
  const front = Math.max(...bedrooms.map(({ core }) => core.y1));
  const row = bedrooms.filter(({ core }) => Math.abs(core.y1 - front) < 20);
  if (row.length === 0) return;
  const x0 = Math.min(...row.map(({ core }) => core.x0));
  const x1 = Math.max(...row.map(({ core }) => core.x1));
  for (const metres of [1.1, 1.35]) {
    const y = front - metres * pixelsPerMetre;
    pen.line(x0, y, x1, y, { gray: ink, width: 2, dash: [19, 8] });
  }
}
