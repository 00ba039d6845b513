import { createCanvas } from '@napi-rs/canvas';
import { boundsOf, rect, rectPoints, type Rect } from '../geometry.ts';
import type { Plan } from '../plan-types.ts';
import { drawChains } from './draw-chains.ts';
import { drawFixture } from './draw-fixture.ts';
import { drawFloor } from './draw-rooms.ts';
import { drawDoor, drawWalls, drawWindow } from './draw-walls.ts';
import { GraySheet } from './gray-sheet.ts';
import { Pen } from './pen.ts';
import { drawStyle, type DrawingStyle } from './style.ts';

/** Room around the walls for dimension chains and door leaves. */
const SURROUNDINGS = 330;

/**
 * The plan as a grey line drawing (PNG) of the sheet's size. Texts are drawn as empty label boxes: letters would
 * depend on the fonts of the machine.
 */
export function drawPlan(plan: Plan): Buffer {
  const style = drawStyle(plan);
  const walls = boundsOf(plan.walls.flatMap(rectPoints));
  const sheet = new GraySheet(plan.sheet);
  drawFrame(sheet, plan, style);
  // Only the piece of the sheet around the plan is painted; the rest is white.
  const piece = rect(
    Math.max(0, walls.x0 - SURROUNDINGS),
    Math.max(0, walls.y0 - SURROUNDINGS),
    Math.min(plan.sheet.width, walls.x1 + SURROUNDINGS),
    Math.min(plan.sheet.height, walls.y1 + SURROUNDINGS),
  );
  sheet.lay(painted(plan, style, walls, piece), piece.x1 - piece.x0, piece.x0, piece.y0);
  for (const { box } of plan.texts) drawLabelBox(sheet, box, piece);
  return sheet.toPng();
}

function painted(plan: Plan, style: DrawingStyle, walls: Rect, piece: Rect): Buffer {
  const canvas = createCanvas(piece.x1 - piece.x0, piece.y1 - piece.y0);
  const context = canvas.getContext('2d');
  context.translate(-piece.x0, -piece.y0);
  const pen = new Pen(context);
  pen.fill(piece, 255);
  for (const room of plan.rooms) drawFloor(pen, room, style);
  drawWalls(pen, plan.walls, style.walls);
  for (const window of plan.windows) drawWindow(pen, window, plan.halfWall);
  for (const door of plan.doors) drawDoor(pen, door, plan.halfWall);
  for (const fixture of plan.fixtures) drawFixture(pen, fixture);
  drawChains(pen, plan.rooms, walls, style.chains);
  for (const { box } of plan.texts) {
    pen.fill(box, 255);
    pen.outline(box, 0, 3);
  }
  return canvas.data();
}

/** Boxes that lie outside the painted piece, such as the title. */
function drawLabelBox(sheet: GraySheet, { x0, y0, x1, y1 }: Rect, piece: Rect): void {
  if (y0 < piece.y1) return;
  sheet.fill(x0, y0, x1, y1, 0);
  sheet.fill(x0 + 3, y0 + 3, x1 - 3, y1 - 3, 255);
}

function drawFrame(sheet: GraySheet, plan: Plan, { frame }: DrawingStyle): void {
  if (frame === 'none') return;
  const { width, height } = plan.sheet;
  const [margin, weight] = frame === 'thick' ? [128, 14] : [142, 5];
  sheet.fill(margin, margin, width - margin, height - margin, 0);
  sheet.fill(margin + weight, margin + weight, width - margin - weight, height - margin - weight, 255);
}
