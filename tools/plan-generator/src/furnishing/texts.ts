import { boundsOf, overlap, rect, type Rect } from '../geometry.ts';
import type { Room, Sheet, TextBox } from '../plan-types.ts';
import type { Dice } from '../random.ts';

const TEXT_HEIGHT = 40;
const GLYPH_WIDTH = 31;
/** From the walls to the dimension chain. */
const CHAIN_DISTANCE = 150;

/** Words in the rooms, then those around the plan: dimensions and, on some sheets, a title. */
export function textsOf(dice: Dice, rooms: readonly Room[], sheet: Sheet, pixelsPerMetre: number): TextBox[] {
  const plan = boundsOf(rooms.flatMap(({ outline }) => outline));
  return [...roomTexts(rooms), ...dimensionTexts(rooms, plan, pixelsPerMetre), ...titleTexts(dice, sheet)];
}

function roomTexts(rooms: readonly Room[]): TextBox[] {
  return rooms.flatMap(({ text, core }) => {
    if (text === null) return [];
    return [textAt(text, Math.round((core.x0 + core.x1) / 2), Math.round((core.y0 + core.y1) / 2), core)];
  });
}

/** A box around the point; narrower where the room is narrow (small rooms have small print). */
function textAt(text: string, x: number, y: number, within?: Rect): TextBox {
  const room = within ? within.x1 - within.x0 - 12 : Infinity;
  const half = Math.round(Math.min(text.length * GLYPH_WIDTH + 16, room) / 2);
  return { text, box: rect(x - half, y - TEXT_HEIGHT / 2, x + half, y + TEXT_HEIGHT / 2) };
}

/** Clear widths in millimetres along the front edge of the plan. */
function dimensionTexts(rooms: readonly Room[], plan: Rect, pixelsPerMetre: number): TextBox[] {
  const y = plan.y1 + CHAIN_DISTANCE;
  return rooms
    .filter(({ kind }) => kind === 'bedroom' || kind === 'living')
    .map(({ core }) => {
      const millimetres = Math.round(((core.x1 - core.x0) / pixelsPerMetre) * 100) * 10;
      return textAt(String(millimetres), Math.round((core.x0 + core.x1) / 2), y);
    })
    .filter(({ box }, i, all) => !all.slice(0, i).some((other) => overlap(other.box, box)));
}

function titleTexts(dice: Dice, sheet: Sheet): TextBox[] {
  if (dice.chance(0.5)) return [];
  const type = `${dice.pick([59, 74, 84, 101, 114])}㎡ ${dice.pick(['A', 'B', 'C', 'TA', 'TD'])} TYPE 단위세대 평면도`;
  return [textAt(type, Math.round(sheet.width / 2), Math.round(sheet.height * 0.87))];
}
