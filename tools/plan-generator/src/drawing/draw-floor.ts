import { boundsOf, rect, shrunk, type Rect } from '../geometry.ts';
import type { Plan, Room, RoomKind } from '../plan-types.ts';
import type { Pen } from './pen.ts';
import type { DrawingStyle, FloorLook } from './style.ts';

/** Tiles in metres. */
const TILES: Partial<Record<RoomKind, number>> = {
  bathroom: 0.3,
  entrance: 0.5,
  balcony: 0.5,
  utility: 0.3,
  condenser: 0.4,
};

const WET: ReadonlySet<RoomKind> = new Set(['bathroom', 'entrance', 'balcony', 'utility', 'condenser']);
const OUTSIDE: ReadonlySet<RoomKind> = new Set(['hall', 'stairs', 'elevator']);

/** Mean grey of a room's floor. */
export function floorTone({ kind }: Pick<Room, 'kind'>, style: DrawingStyle): number {
  if (kind === 'living' || kind === 'kitchen') return style.livingTone;
  if (kind === 'shaft') return style.shaftTone;
  if (OUTSIDE.has(kind)) return style.bedroomTone > 235 ? style.bedroomTone : 250;
  return WET.has(kind) ? style.wetTone : style.bedroomTone;
}

/** Floor and whatever is drawn on it that is no furniture. */
export function drawFloor(pen: Pen, room: Room, plan: Plan, style: DrawingStyle): void {
  const mean = floorTone(room, style);
  paint(pen, room, lookOf(room, style), mean, plan, style);
  if (room.kind === 'entrance' && style.dice.chance(0.2))
    drawChequers(pen, room, plan.pixelsPerMetre * 0.4, mean);
  if (room.kind === 'shaft' && style.shaftsAreCrossed) {
    const box = shrunk(room.core, style.dice.chance(0.5) ? 0 : 4);
    pen.cross(box, { gray: style.ink, width: 2 });
    pen.outline(box, { gray: style.ink, width: 2 });
  }
}

function lookOf({ kind }: Room, style: DrawingStyle): FloorLook {
  if (kind === 'living' || kind === 'kitchen') return style.livingFloor;
  if (kind === 'shaft' || OUTSIDE.has(kind)) return 'plain';
  return WET.has(kind) ? style.wetFloor : style.bedroomFloor;
}

function paint(
  pen: Pen,
  room: Room,
  look: FloorLook,
  mean: number,
  { pixelsPerMetre }: Plan,
  style: DrawingStyle,
): void {
  const { x0, y0, x1, y1 } = boundsOf(room.outline);
  switch (look) {
    case 'gradient': {
      const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
      const radius = Math.hypot(x1 - x0, y1 - y0) * 0.55;
      pen.fillGradient(room.outline, middle, radius, Math.min(255, mean + 30), Math.max(40, mean - 45));
      return;
    }
    case 'planks':
      pen.fillShape(room.outline, mean);
      pen.withinShapes([room.outline], () => drawPlanks(pen, rect(x0, y0, x1, y1), mean, style));
      return;
    case 'tiles': {
      if (mean < 255) pen.fillShape(room.outline, mean);
      const pitch = Math.round((TILES[room.kind] ?? 0.3) * pixelsPerMetre * style.dice.number(0.85, 1.15));
      const gray = Math.max(120, mean - style.dice.integer(25, 70));
      pen.withinShapes([room.outline], () => drawGrid(pen, rect(x0, y0, x1, y1), pitch, gray, style));
      return;
    }
    case 'plain':
      if (mean < 255) pen.fillShape(room.outline, mean);
  }
}

/** Boards of slightly different tones, end to end. */
function drawPlanks(pen: Pen, { x0, y0, x1, y1 }: Rect, mean: number, { dice }: DrawingStyle): void {
  const contrast = dice.integer(4, 22);
  const height = dice.integer(13, 26);
  const isUpright = dice.chance(0.35);
  const [from, to, start, end] = isUpright ? [x0, x1, y0, y1] : [y0, y1, x0, x1];
  for (let row = from; row < to; row += height) {
    for (let at = start - dice.integer(0, 150); at < end;) {
      const length = dice.integer(90, 320);
      const gray = Math.max(0, Math.min(255, mean + dice.integer(-contrast, contrast)));
      pen.fill(
        isUpright ? rect(row, at, row + height, at + length) : rect(at, row, at + length, row + height),
        gray,
      );
      at += length;
    }
  }
}

function drawGrid(
  pen: Pen,
  { x0, y0, x1, y1 }: Rect,
  pitch: number,
  gray: number,
  { dice }: DrawingStyle,
): void {
  const line = { gray, width: dice.chance(0.3) ? 2 : 1 };
  for (let x = x0 + dice.integer(0, pitch); x < x1; x += pitch) pen.line(x + 0.5, y0, x + 0.5, y1, line);
  for (let y = y0 + dice.integer(0, pitch); y < y1; y += pitch) pen.line(x0, y + 0.5, x1, y + 0.5, line);
}

function drawChequers(pen: Pen, { core }: Room, size: number, mean: number): void {
  pen.within([core], () => {
    for (let row = 0; core.y0 + row * size < core.y1; row++) {
      for (let column = row % 2; core.x0 + column * size < core.x1; column += 2) {
        const x = core.x0 + column * size;
        const y = core.y0 + row * size;
        pen.fill(rect(x, y, x + size, y + size), Math.max(0, mean - 40));
      }
    }
  });
}
