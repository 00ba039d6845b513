import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { fontAt, type FontName } from './fonts.ts';

/** Where the ink of a text lies, seen from the point that it is written at (left end of the baseline), in pixels. */
export interface Ink {
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
}

let measuring: SKRSContext2D | undefined;
const known = new Map<string, Ink>();

export function inkOf(text: string, font: FontName, size: number): Ink {
  const name = `${font} ${size} ${text}`;
  let ink = known.get(name);
  if (!ink) {
    measuring ??= createCanvas(8, 8).getContext('2d');
    measuring.font = fontAt(font, size);
    ink = inkOfRuns(measuring, text);
    known.set(name, ink);
  }
  return ink;
}

/** Hangul, and what is none. */
const RUNS = /[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+|[^\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+/gu;

/** Measured run by run, as the canvas measures only the first when a text changes its script. */
function inkOfRuns(context: SKRSContext2D, text: string): Ink {
  const ink = { left: Infinity, right: -Infinity, above: -Infinity, below: -Infinity };
  let start = 0;
  for (const [run] of text.matchAll(RUNS)) {
    const box = context.measureText(run);
    ink.left = Math.min(ink.left, start - box.actualBoundingBoxLeft);
    ink.right = Math.max(ink.right, start + box.actualBoundingBoxRight);
    ink.above = Math.max(ink.above, box.actualBoundingBoxAscent);
    ink.below = Math.max(ink.below, box.actualBoundingBoxDescent);
    start += box.width;
  }
  return ink;
}
