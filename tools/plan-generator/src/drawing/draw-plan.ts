import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { boundsOf, rect, rectPoints, type Rect } from '../geometry.ts';
import type { Plan } from '../plan-types.ts';
import { drawCeiling } from './draw-ceiling.ts';
import { drawCore } from './draw-core.ts';
import { drawDoor } from './draw-door.ts';
import { drawFloor, floorTone } from './draw-floor.ts';
import { drawLabels } from './draw-labels.ts';
import { drawWalls } from './draw-walls.ts';
import { drawWindow } from './draw-window.ts';
import { drawFixture } from './fixtures/draw-fixture.ts';
import { drawCounters } from './furniture/draw-counters.ts';
import { drawFurniture } from './furniture/draw-furniture.ts';
import { GraySheet } from './gray-sheet.ts';
import { Pen } from './pen.ts';
import { scanned } from './scan.ts';
import { drawStyle, type DrawingStyle } from './style.ts';
import { drawChains } from './surroundings/draw-chains.ts';
import { drawFrame } from './surroundings/draw-frame.ts';
import { drawNeighbour } from './surroundings/draw-neighbour.ts';
import { drawTags } from './surroundings/draw-tags.ts';
import { drawTerrace } from './surroundings/draw-terrace.ts';
import { drawTitle } from './surroundings/draw-title.ts';

/** Room around the walls for dimension chains, door leaves and a terrace. */
const SURROUNDINGS = 340;

/** The sheet of a plan: PNG, 8-bit grey, of the sheet's size. The same plan gives the same bytes on the same machine. */
export async function drawPlan(plan: Plan): Promise<Buffer> {
  const style = drawStyle(plan);
  const walls = boundsOf(plan.walls.flatMap(rectPoints));
  const sheet = new GraySheet(plan.sheet);
  // Only the piece of the sheet around the plan is painted; the rest is white.
  const piece = rect(
    Math.max(0, walls.x0 - SURROUNDINGS),
    Math.max(0, walls.y0 - SURROUNDINGS),
    Math.min(plan.sheet.width, walls.x1 + SURROUNDINGS),
    Math.min(plan.sheet.height, walls.y1 + SURROUNDINGS),
  );
  const picture = await scanned(painted(plan, style, walls, piece), style);
  sheet.lay(picture.data(), piece.x1 - piece.x0, piece.x0, piece.y0);
  drawTitle(sheet, plan, piece.y1, style);
  drawFrame(sheet, plan, style);
  return sheet.toPng();
}

function painted(plan: Plan, style: DrawingStyle, walls: Rect, piece: Rect): Canvas {
  const canvas = createCanvas(piece.x1 - piece.x0, piece.y1 - piece.y0);
  const context = canvas.getContext('2d');
  const pen = new Pen(context);
  context.translate(-piece.x0, -piece.y0);
  pen.fill(piece, 255);
  // About the middle of the sheet, as the truth is turned.
  context.translate(plan.sheet.width / 2, plan.sheet.height / 2);
  context.rotate(plan.tilt);
  context.translate(-plan.sheet.width / 2, -plan.sheet.height / 2);

  drawTerrace(pen, walls, style);
  for (const room of plan.rooms) drawFloor(pen, room, plan, style);
  drawWalls(pen, plan, style);
  for (const window of plan.windows) drawWindow(pen, window, style);
  for (const door of plan.doors) drawDoor(pen, door, style, floorUnder(door.rooms, plan, style));
  for (const room of plan.rooms) drawCore(pen, room, style);
  drawCeiling(pen, plan, style);
  drawCounters(pen, plan, style);
  drawFurniture(pen, plan, style);
  for (const fixture of plan.fixtures) drawFixture(pen, fixture, style);
  // Before the letters, which are mirrored nowhere.
  const neighbour = plan.tilt === 0 ? drawNeighbour(canvas, walls, piece, style) : null;
  drawTags(pen, plan, style);
  drawChains(pen, plan, walls, neighbour, style);
  drawLabels(pen, plan, style.dice.pick([2, 3]));
  return canvas;
}

/** Grey of the floor in a door: that of the first of its rooms. */
function floorUnder(keys: readonly string[], plan: Plan, style: DrawingStyle): number {
  const room = plan.rooms.find(({ key }) => key === keys[0]);
  return room ? floorTone(room, style) : 255;
}
