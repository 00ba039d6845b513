import { rect, type Rect } from '../../geometry.ts';
import type { Pen } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

/** Boards of a terrace before the house, which is no room. */
export function drawTerrace(pen: Pen, walls: Rect, { dice, fineInk, innerFill }: DrawingStyle): void {
  if (!dice.chance(innerFill === 'solid' ? 0.06 : 0.2)) return;
  const depth = dice.integer(180, 330);
  const terrace = rect(walls.x0, walls.y1, walls.x1, walls.y1 + depth);
  for (let x = terrace.x0; x < terrace.x1; x += 37)
    pen.line(x, terrace.y0, x, terrace.y1, { gray: 200, width: 1 });
  pen.outline(terrace, { gray: fineInk, width: 2 });
}
