import { shrunk, type Rect } from '../geometry.ts';
import type { Room, RoomKind } from '../plan-types.ts';
import type { Pen } from './pen.ts';
import type { DrawingStyle } from './style.ts';

/** Tile size in pixels. */
const TILES: Partial<Record<RoomKind, number>> = { bathroom: 35, entrance: 62, balcony: 62, utility: 35 };

const CEILING_DASH = [39, 17];
const TREADS = 9;

export function drawFloor(pen: Pen, room: Room, style: DrawingStyle): void {
  if (room.kind === 'living' || room.kind === 'kitchen') {
    if (style.floorTone < 255) pen.fillShape(room.outline, style.floorTone);
    return;
  }
  const tile = TILES[room.kind];
  if (style.tiles && tile) drawTiles(pen, room.core, tile);
  if (style.ceiling && room.kind === 'bedroom') drawCeiling(pen, shrunk(room.core, 34));
  if (style.furniture) drawFurniture(pen, room);
  if (room.kind === 'shaft' || room.kind === 'elevator') pen.cross(room.core, 60, 2);
  if (room.kind === 'stairs') drawStairs(pen, room.core);
}

function drawTiles(pen: Pen, { x0, y0, x1, y1 }: Rect, pitch: number): void {
  for (let x = x0 + pitch; x < x1; x += pitch) pen.line(x + 0.5, y0, x + 0.5, y1, 200, 1);
  for (let y = y0 + pitch; y < y1; y += pitch) pen.line(x0, y + 0.5, x1, y + 0.5, 200, 1);
}

function drawCeiling(pen: Pen, { x0, y0, x1, y1 }: Rect): void {
  for (const y of [y0, y1]) pen.line(x0, y, x1, y, 40, 3, CEILING_DASH);
  for (const x of [x0, x1]) pen.line(x, y0, x, y1, 40, 3, CEILING_DASH);
}

/** Wardrobes along the longer wall, with dashed crosses. */
function drawFurniture(pen: Pen, { kind, core }: Room): void {
  if (kind !== 'dressing' && kind !== 'closet' && kind !== 'pantry') return;
  const { x0, y0, x1, y1 } = core;
  const isWide = x1 - x0 > y1 - y0;
  const depth = Math.round(Math.min(x1 - x0, y1 - y0) * 0.36);
  const length = isWide ? x1 - x0 : y1 - y0;
  const count = Math.max(1, Math.round(length / 90));
  for (let i = 0; i < count; i++) {
    const from = Math.round((length * i) / count);
    const to = Math.round((length * (i + 1)) / count);
    const box = isWide
      ? { x0: x0 + from, x1: x0 + to, y0, y1: y0 + depth }
      : { x0, x1: x0 + depth, y0: y0 + from, y1: y0 + to };
    pen.outline(box, 60, 2);
    pen.cross(box, 120, 1, [12, 8]);
  }
}

function drawStairs(pen: Pen, { x0, y0, x1, y1 }: Rect): void {
  const isWide = x1 - x0 > y1 - y0;
  for (let i = 1; i < TREADS; i++) {
    if (isWide) {
      const x = Math.round(x0 + ((x1 - x0) * i) / (TREADS + 3));
      pen.line(x, y0, x, y1, 90, 2);
    } else {
      const y = Math.round(y0 + ((y1 - y0) * i) / (TREADS + 3));
      pen.line(x0, y, x1, y, 90, 2);
    }
  }
  if (isWide) pen.line(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, 40, 4);
  else pen.line((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, 40, 4);
}
