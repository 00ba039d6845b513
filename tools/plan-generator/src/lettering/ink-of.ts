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
    const box = measuring.measureText(text);
    ink = {
      left: -box.actualBoundingBoxLeft,
      right: box.actualBoundingBoxRight,
      above: box.actualBoundingBoxAscent,
      below: box.actualBoundingBoxDescent,
    };
    known.set(name, ink);
  }
  return ink;
}
