import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '../geometry.ts';
import { fontAt, type FontName } from './fonts.ts';
import { inkOf } from './ink-of.ts';

export interface WriteTextParams {
  readonly text: string;
  readonly font: FontName;
  readonly size: number;
  readonly gray: number;
  /** Reads upwards. */
  readonly isTurned?: boolean;
}

/** Writes a text so that the middle of its ink is the middle of the box. */
export function writeText(
  context: SKRSContext2D,
  { x0, y0, x1, y1 }: Rect,
  { text, font, size, gray, isTurned = false }: WriteTextParams,
): void {
  const ink = inkOf(text, font, size);
  context.save();
  context.translate((x0 + x1) / 2, (y0 + y1) / 2);
  if (isTurned) context.rotate(-Math.PI / 2);
  context.font = fontAt(font, size);
  context.fillStyle = `rgb(${gray},${gray},${gray})`;
  context.fillText(text, -(ink.left + ink.right) / 2, (ink.above - ink.below) / 2);
  context.restore();
}
