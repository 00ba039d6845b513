import { rect } from '../../geometry.ts';
import { writeText } from '../../lettering/write-text.ts';
import type { Opening, Plan } from '../../plan-types.ts';
import type { Pen } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

const RADIUS = 34;

/** Circles with the size and type of each door and window: on doors, and outside the windows. */
export function drawTags(pen: Pen, { doors, windows, pixelsPerMetre }: Plan, style: DrawingStyle): void {
  if (!style.tags) return;
  const { dice } = style;
  for (const door of doors) {
    if (!dice.chance(0.85)) continue;
    const shift = door.swing * dice.integer(35, 70);
    drawTag(
      pen,
      door,
      shift,
      [sizeOf(door, pixelsPerMetre, '21'), dice.pick(['WD', 'PD', 'FSD', 'APD', 'SD'])],
      style,
    );
  }
  for (const window of windows) {
    if (!dice.chance(0.85)) continue;
    // Towards the open air, or past the balcony's door.
    const away = window.before >= window.after ? -1 : 1;
    const depth = Math.max(window.before, window.after);
    const size = sizeOf(window, pixelsPerMetre, dice.pick(['13.5', '23', '6']));
    drawTag(
      pen,
      window,
      away * (depth + RADIUS + dice.integer(20, 45)),
      [size, dice.pick(['AW', 'APW', 'PW', 'AG'])],
      style,
    );
  }
}

const sizeOf = ({ from, to }: Opening, pixelsPerMetre: number, height: string): string =>
  `${Math.round(((to - from) / pixelsPerMetre) * 10)}X${height}`;

function drawTag(
  pen: Pen,
  { axis, at, from, to }: Opening,
  across: number,
  [upper, lower]: readonly [string, string],
  { ink }: DrawingStyle,
): void {
  const along = (from + to) / 2;
  const [x, y] = axis === 'h' ? [along, at + across] : [at + across, along];
  pen.ellipse(rect(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), { gray: ink, width: 2 });
  pen.line(x - RADIUS, y, x + RADIUS, y, { gray: ink, width: 2 });
  const text = { font: 'gothic-regular', size: 19, gray: ink } as const;
  writeText(pen.context, rect(x, y - 15, x, y - 15), { ...text, text: upper });
  writeText(pen.context, rect(x, y + 15, x, y + 15), { ...text, text: lower });
}
