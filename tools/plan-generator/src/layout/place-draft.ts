import { boundsOf, rect, rectPoints, type Rect, type Side } from '../geometry.ts';
import type { Sheet } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import type { Draft, DraftRoom } from './draft.ts';

/** A draft put on the sheet, possibly mirrored or turned with its front to the north. */
export interface PlacedDraft {
  readonly rooms: readonly DraftRoom[];
  readonly open: Draft['open'];
  readonly front: Side;
}

const MIRRORED: Record<Side, Side> = { north: 'north', south: 'south', east: 'west', west: 'east' };
const FLIPPED: Record<Side, Side> = { north: 'south', south: 'north', east: 'east', west: 'west' };

/** Undefined when the house is too large for the sheet. */
export function placeDraft(dice: Dice, draft: Draft, sheet: Sheet): PlacedDraft | undefined {
  const mirror = dice.chance(0.5);
  const flip = dice.chance(0.1);
  const bounds = boundsOf(draft.rooms.flatMap(({ cells }) => cells.flatMap(rectPoints)));
  const width = bounds.x1 - bounds.x0;
  const height = bounds.y1 - bounds.y0;
  if (width > sheet.width * 0.6 || height > sheet.height * 0.6) return undefined;
  const left = Math.round(sheet.width * dice.number(0.46, 0.54) - width / 2);
  const top = Math.round(sheet.height * dice.number(0.4, 0.48) - height / 2);
  const placed = ({ x0, y0, x1, y1 }: Rect): Rect => {
    const [a, b] = mirror ? [bounds.x1 - x1, bounds.x1 - x0] : [x0 - bounds.x0, x1 - bounds.x0];
    const [c, d] = flip ? [bounds.y1 - y1, bounds.y1 - y0] : [y0 - bounds.y0, y1 - bounds.y0];
    return rect(left + a, top + c, left + b, top + d);
  };
  const turned = (side: Side): Side => {
    const other = mirror ? MIRRORED[side] : side;
    return flip ? FLIPPED[other] : other;
  };
  return {
    rooms: draft.rooms.map((room) => ({
      ...room,
      cells: room.cells.map(placed),
      windows: room.windows.map(turned),
    })),
    open: draft.open,
    front: turned('south'),
  };
}
