import { createCanvas } from '@napi-rs/canvas';
import { rect } from '../../geometry.ts';
import { inkOf } from '../../lettering/ink-of.ts';
import { writeText } from '../../lettering/write-text.ts';
import type { Plan } from '../../plan-types.ts';
import type { GraySheet } from '../gray-sheet.ts';
import { Pen } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

const HEIGHT = 150;
const WIDTH = 1500;

/** The name of the unit type below the plan. */
export function drawTitle(sheet: GraySheet, plan: Plan, top: number, { title, dice }: DrawingStyle): void {
  if (title === 'none') return;
  const y = Math.max(top, dice.integer(2800, 2960));
  const x = Math.round(plan.sheet.width / 2 - WIDTH / 2 + dice.integer(-200, 100));
  if (y + HEIGHT > plan.sheet.height - 360) return;
  const canvas = createCanvas(WIDTH, HEIGHT);
  const pen = new Pen(canvas.getContext('2d'));
  pen.fill(rect(0, 0, WIDTH, HEIGHT), 255);
  const size = dice.integer(44, 54);
  const font = title === 'underlined' ? 'gothic-bold' : 'gothic-regular';
  const text = `${dice.pick([49, 59, 74, 84, 101, 114])}㎡${dice.pick(['A', 'B', 'C', 'TA', 'TD', 'F'])} TYPE 단위세대 평면도${dice.chance(0.5) ? '(확장형)' : ''}`; // prettier-ignore
  const ink = inkOf(text, font, size);
  const width = ink.right - ink.left;
  writeText(pen.context, rect(130, 20, 130 + width, 90), { text, font, size, gray: 0 });
  pen.line(title === 'circle' ? 100 : 130, 98, 130 + width + 60, 98, {
    gray: 0,
    width: title === 'circle' ? 3 : 6,
  });
  if (title === 'circle') {
    pen.ellipse(rect(5, 50, 100, 145), { gray: 0, width: 3 });
    pen.line(5, 98, 100, 98, { gray: 0, width: 2 });
    writeText(pen.context, rect(52, 74, 52, 74), { text: '1', font, size: 30, gray: 0 });
    writeText(pen.context, rect(52, 122, 52, 122), { text: 'A', font, size: 30, gray: 0 });
  } else {
    const scale = { text: 'SCALE : 1/100(A3)', font, size: 28, gray: 0 } as const;
    const small = inkOf(scale.text, font, scale.size);
    writeText(pen.context, rect(130, 108, 130 + small.right - small.left, 140), scale);
  }
  sheet.lay(canvas.data(), WIDTH, x, y);
}
