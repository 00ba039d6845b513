import { boundsOf, overlap, rect, type Rect } from '../geometry.ts';
import { inkOf } from '../lettering/ink-of.ts';
import type { Lettering } from '../lettering/lettering.ts';
import type { DoorOpening, Fixture, Room, TextBox } from '../plan-types.ts';
import type { Dice } from '../random.ts';

/** Between a label and the walls. */
const AIR = 10;
/** Labels of narrow rooms are written smaller, but not below this share of the sheet's size. */
const SMALLEST = 0.62;
const ATTEMPTS = 14;

export interface PlaceTextsParams {
  readonly dice: Dice;
  readonly rooms: readonly Room[];
  readonly lettering: Lettering;
  readonly doors: readonly DoorOpening[];
  readonly fixtures: readonly Fixture[];
}

/** The labels of the rooms: near the middle, clear of doors and fixtures where there is space. */
export function placeTexts({ dice, rooms, lettering, doors, fixtures }: PlaceTextsParams): TextBox[] {
  const obstacles = [...doors.map(({ outline }) => boundsOf(outline)), ...fixtures.map(({ box }) => box)];
  return rooms.flatMap(({ text, core }) => {
    if (text === null) return [];
    const fitted = fit(dice, text, lettering, core);
    let box = centred(core, fitted, 0, 0);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const reach = 0.1 + 0.5 * (attempt / ATTEMPTS);
      const x = slackOf(core.x1 - core.x0, fitted.width) * dice.number(-reach, reach);
      const y = slackOf(core.y1 - core.y0, fitted.height) * dice.number(-reach, reach);
      box = centred(core, fitted, x, y);
      const found = box;
      if (!obstacles.some((obstacle) => overlap(obstacle, found))) break;
    }
    return [{ text, box, size: fitted.size, isTurned: fitted.isTurned }];
  });
}

const slackOf = (room: number, label: number): number => Math.max(0, (room - label) / 2 - AIR);

interface Fitted {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly isTurned: boolean;
}

/** As large as the sheet's labels are, smaller in a narrow room, turned in a narrow long one. */
function fit(dice: Dice, text: string, { font, size }: Lettering, core: Rect): Fitted {
  const width = core.x1 - core.x0 - 2 * AIR;
  const height = core.y1 - core.y0 - 2 * AIR;
  const ink = inkOf(text, font, size);
  const long = ink.right - ink.left;
  const high = ink.above + ink.below;
  const isTurned = long > width && height > 1.5 * width && dice.chance(0.6);
  const share = Math.min(1, (isTurned ? height : width) / long, (isTurned ? width : height) / high);
  const chosen = Math.round(size * Math.max(share, SMALLEST));
  const smaller = inkOf(text, font, chosen);
  const along = Math.ceil(smaller.right - smaller.left);
  const across = Math.ceil(smaller.above + smaller.below);
  return isTurned
    ? { width: across, height: along, size: chosen, isTurned }
    : { width: along, height: across, size: chosen, isTurned };
}

function centred({ x0, y0, x1, y1 }: Rect, { width, height }: Fitted, dx: number, dy: number): Rect {
  const left = Math.round((x0 + x1 - width) / 2 + dx);
  const top = Math.round((y0 + y1 - height) / 2 + dy);
  return rect(left, top, left + width, top + height);
}
