import { rect, type Rect } from '../../geometry.ts';
import type { Plan } from '../../plan-types.ts';
import type { Pen } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

const COUNTED = new Set(['객체_싱크대', '객체_가스레인지', '객체_세면대']);

/** Worktops that sinks, ranges and some basins stand in: strips along their walls. */
export function drawCounters(pen: Pen, plan: Plan, style: DrawingStyle): void {
  const { dice, fineInk, innerFill } = style;
  const filling = innerFill === 'solid' ? dice.integer(200, 255) : 255;
  for (const { category, box, back } of plan.fixtures) {
    if (!COUNTED.has(category) || (category === '객체_세면대' && !dice.chance(0.45))) continue;
    const room = plan.rooms.find(({ core }) => contains(core, box));
    if (!room) continue;
    const before = dice.number(0.05, 0.9) * plan.pixelsPerMetre;
    const after = dice.number(0.05, 0.9) * plan.pixelsPerMetre;
    const { core } = room;
    const strip =
      back === 'north' || back === 'south'
        ? rect(Math.max(core.x0, box.x0 - before), back === 'north' ? core.y0 : box.y0 - 6, Math.min(core.x1, box.x1 + after), back === 'north' ? box.y1 + 6 : core.y1) // prettier-ignore
        : rect(back === 'west' ? core.x0 : box.x0 - 6, Math.max(core.y0, box.y0 - before), back === 'west' ? box.x1 + 6 : core.x1, Math.min(core.y1, box.y1 + after)); // prettier-ignore
    if (filling < 255) pen.fill(strip, filling);
    pen.outline(strip, { gray: fineInk, width: 2 });
  }
}

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1;
