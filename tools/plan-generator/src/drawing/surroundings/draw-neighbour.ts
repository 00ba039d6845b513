import { createCanvas, type Canvas } from '@napi-rs/canvas';
import type { Rect, Side } from '../../geometry.ts';
import type { DrawingStyle } from '../style.ts';

/** Widest piece of the neighbour's flat that is shown, in pixels. */
const WIDEST = 320;

/**
 * The flat next door, as plans that were cut out of a larger floor show it: the mirror image of this one, up to a straight
 * cut. It is in no truth.
 *
 * @param canvas what is painted so far; its left upper corner lies at the piece's
 * @returns on which side it was drawn, if at all
 */
export function drawNeighbour(canvas: Canvas, walls: Rect, piece: Rect, { dice }: DrawingStyle): Side | null {
  if (!dice.chance(0.16)) return null;
  const side = dice.pick(['west', 'east']);
  const width = dice.integer(60, WIDEST);
  const height = piece.y1 - piece.y0;
  const strip = createCanvas(width, height);
  const edge = (side === 'east' ? walls.x1 - width : walls.x0) - piece.x0;
  const strips = strip.getContext('2d');
  strips.drawImage(canvas, edge, 0, width, height, 0, 0, width, height);
  const context = canvas.getContext('2d');
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  // Mirrored at the wall between the two.
  const mirror = (side === 'east' ? walls.x1 : walls.x0) - piece.x0;
  context.translate(mirror, 0);
  context.scale(-1, 1);
  context.drawImage(strip, side === 'east' ? -width : 0, 0);
  context.restore();
  return side;
}
