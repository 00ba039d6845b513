import { rect, shrunk, type Rect } from '../geometry.ts';
import type { Room } from '../plan-types.ts';
import type { Pen, Stroke } from './pen.ts';
import type { DrawingStyle } from './style.ts';

/** Stairs with treads and lift with its car; other rooms have nothing of the kind. */
export function drawCore(pen: Pen, room: Room, style: DrawingStyle): void {
  if (room.kind === 'stairs') drawStairs(pen, room.core, style);
  if (room.kind === 'elevator') drawLift(pen, room.core, style);
}

function drawStairs(pen: Pen, core: Rect, { ink, dice }: DrawingStyle): void {
  const line: Stroke = { gray: ink, width: 2 };
  const isUpright = core.y1 - core.y0 > core.x1 - core.x0;
  const length = isUpright ? core.y1 - core.y0 : core.x1 - core.x0;
  const landing = length * dice.number(0.18, 0.3);
  const pitch = dice.integer(26, 34);
  for (let at = landing; at < length - landing * 0.7; at += pitch) {
    if (isUpright) pen.line(core.x0, core.y0 + at, core.x1, core.y0 + at, line);
    else pen.line(core.x0 + at, core.y0, core.x0 + at, core.y1, line);
  }
  // The rail between the two flights.
  const width = 12;
  const middle = isUpright ? (core.x0 + core.x1) / 2 : (core.y0 + core.y1) / 2;
  const rail = isUpright
    ? rect(middle - width, core.y0 + landing - 12, middle + width, core.y1 - landing * 0.7)
    : rect(core.x0 + landing - 12, middle - width, core.x1 - landing * 0.7, middle + width);
  pen.fill(rail, 255);
  pen.outline(rail, line);
  if (dice.chance(0.6)) {
    // A break line across one flight.
    const points = isUpright
      ? [{ x: core.x0, y: (core.y0 + core.y1) / 2 - 20 }, { x: (core.x0 + middle) / 2, y: (core.y0 + core.y1) / 2 + 8 }, { x: middle, y: (core.y0 + core.y1) / 2 + 30 }] // prettier-ignore
      : [{ x: (core.x0 + core.x1) / 2 - 20, y: core.y0 }, { x: (core.x0 + core.x1) / 2 + 8, y: (core.y0 + middle) / 2 }, { x: (core.x0 + core.x1) / 2 + 30, y: middle }]; // prettier-ignore
    pen.path(points, { gray: ink, width: 3 });
  }
}

function drawLift(pen: Pen, core: Rect, { ink, dice }: DrawingStyle): void {
  const inset = Math.min(core.x1 - core.x0, core.y1 - core.y0) * dice.number(0.1, 0.2);
  const car = shrunk(core, inset);
  if (car.x1 - car.x0 < 30 || car.y1 - car.y0 < 30) return;
  if (dice.chance(0.4)) {
    pen.fill(car, ink);
    pen.fill(shrunk(car, 12), 255);
    pen.cross(shrunk(car, 12), { gray: ink, width: 2 });
    return;
  }
  pen.outline(car, { gray: ink, width: 2 });
  if (dice.chance(0.6)) pen.cross(car, { gray: ink, width: 2 });
  else pen.outline(shrunk(car, 14), { gray: ink, width: 1 });
}
