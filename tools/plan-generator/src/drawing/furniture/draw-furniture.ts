import { boundsOf, overlap, rect, shrunk, type Rect, type Side } from '../../geometry.ts';
import type { Plan, Room, RoomKind } from '../../plan-types.ts';
import { fixtureFrame } from '../fixtures/fixture-frame.ts';
import type { Pen, Stroke } from '../pen.ts';
import type { DrawingStyle } from '../style.ts';

type Piece =
  | 'bed'
  | 'wardrobe'
  | 'desk'
  | 'sofa'
  | 'television'
  | 'table'
  | 'fridge'
  | 'washer'
  | 'shoes'
  | 'drain'
  | 'counter';

/** Metres: along its wall, and away from it. */
const SIZES: Record<Piece, readonly [along: readonly [number, number], deep: readonly [number, number]]> = {
  bed: [[1.1, 1.9], [1.9, 2.2]],
  wardrobe: [[1.2, 2.8], [0.5, 0.65]],
  desk: [[1, 1.5], [0.5, 0.65]],
  sofa: [[1.8, 2.8], [0.75, 0.95]],
  television: [[1.6, 2.6], [0.3, 0.45]],
  table: [[1.1, 1.9], [0.75, 0.95]],
  fridge: [[0.75, 1.2], [0.7, 0.85]],
  washer: [[0.6, 0.72], [0.6, 0.72]],
  shoes: [[0.9, 1.8], [0.3, 0.4]],
  drain: [[0.12, 0.16], [0.12, 0.16]],
  counter: [[1, 3], [0.6, 0.65]],
}; // prettier-ignore

const PIECES: Partial<Record<RoomKind, readonly Piece[]>> = {
  bedroom: ['bed', 'wardrobe', 'desk'],
  living: ['sofa', 'television', 'table', 'table'],
  kitchen: ['counter', 'fridge', 'table', 'counter'],
  utility: ['washer', 'washer', 'drain'],
  balcony: ['washer', 'drain'],
  dressing: ['wardrobe', 'wardrobe', 'wardrobe'],
  closet: ['wardrobe', 'wardrobe'],
  pantry: ['wardrobe', 'wardrobe'],
  alpha: ['desk', 'wardrobe'],
  entrance: ['shoes', 'shoes'],
  bathroom: ['drain', 'washer'],
  powder: ['counter'],
};

/** Everything that stands about and is no fixture; it keeps clear of doors and fixtures. */
export function drawFurniture(pen: Pen, plan: Plan, style: DrawingStyle): void {
  const taken: Rect[] = [
    ...plan.doors.map(({ outline }) => shrunk(boundsOf(outline), -6)),
    ...plan.fixtures.map(({ box }) => shrunk(box, -3)),
  ];
  for (const room of plan.rooms) {
    for (const piece of PIECES[room.kind] ?? []) {
      const isUsual = piece === 'counter' || (piece === 'wardrobe' && room.kind !== 'bedroom');
      if (!style.dice.chance(isUsual ? Math.max(0.6, style.furniture) : style.furniture)) continue;
      const place = placed(room, piece, taken, plan, style);
      if (!place) continue;
      taken.push(place.box);
      drawPiece(pen, piece, place, style);
    }
  }
}

interface Place {
  readonly box: Rect;
  readonly back: Side;
}

function placed(
  { core }: Room,
  piece: Piece,
  taken: readonly Rect[],
  { pixelsPerMetre }: Plan,
  { dice }: DrawingStyle,
): Place | undefined {
  const [along, deep] = SIZES[piece];
  for (let attempt = 0; attempt < 8; attempt++) {
    const back = dice.pick<Side>(['north', 'south', 'east', 'west']);
    const isHorizontal = back === 'north' || back === 'south';
    const long = dice.number(...along) * pixelsPerMetre;
    const short = dice.number(...deep) * pixelsPerMetre;
    const [width, height] = isHorizontal ? [long, short] : [short, long];
    const slackX = core.x1 - core.x0 - width;
    const slackY = core.y1 - core.y0 - height;
    if (slackX < 4 || slackY < 4) continue;
    const isFree = piece === 'table';
    const alongX = dice.number(isFree ? 0.2 : 0, isFree ? 0.8 : 1);
    const alongY = dice.number(isFree ? 0.2 : 0, isFree ? 0.8 : 1);
    const x = core.x0 + slackX * (isHorizontal || isFree ? alongX : back === 'west' ? 0 : 1);
    const y = core.y0 + slackY * (!isHorizontal || isFree ? alongY : back === 'north' ? 0 : 1);
    const box = rect(Math.round(x), Math.round(y), Math.round(x + width), Math.round(y + height));
    if (!taken.some((other) => overlap(other, box))) return { box, back };
  }
  return undefined;
}

function drawPiece(pen: Pen, piece: Piece, place: Place, style: DrawingStyle): void {
  const { dice, fineInk, isFurnitureDashed } = style;
  const { part } = fixtureFrame(place);
  const line: Stroke = {
    gray: fineInk,
    width: 2,
    ...(isFurnitureDashed && piece !== 'counter' ? { dash: [14, 8] } : {}),
  };
  const isFilled = style.innerFill === 'solid' && dice.chance(0.6);
  if (isFilled && piece !== 'table' && piece !== 'drain') pen.fill(place.box, dice.integer(225, 255));
  switch (piece) {
    case 'bed':
      pen.outline(place.box, line);
      pen.rounded(part(0.08, 0.46, 0.05, 0.22), 8, line);
      pen.rounded(part(0.54, 0.92, 0.05, 0.22), 8, line);
      pen.outline(part(0, 1, 0.3, 1), line);
      return;
    case 'wardrobe':
    case 'shoes':
      return drawCupboards(pen, place, line, style);
    case 'sofa':
      pen.rounded(place.box, 10, line);
      pen.outline(part(0.1, 0.9, 0.25, 1), line);
      for (const share of [1 / 3, 2 / 3]) {
        const seam = part(0.1 + 0.8 * share, 0.1 + 0.8 * share, 0.25, 1);
        pen.line(seam.x0, seam.y0, seam.x1, seam.y1, line);
      }
      return;
    case 'table':
      return drawTable(pen, place, line, style);
    case 'fridge':
      pen.outline(place.box, line);
      pen.outline(part(0, 0.5, 0, 1), line);
      if (dice.chance(0.6)) pen.cross(place.box, line);
      return;
    case 'washer': {
      pen.rounded(place.box, dice.chance(0.5) ? 0 : 8, line);
      if (dice.chance(0.7)) pen.ellipse(part(0.15, 0.85, 0.18, 0.88), line);
      return;
    }
    case 'drain':
      pen.outline(place.box, { gray: fineInk, width: 1 });
      pen.ellipse(shrunk(place.box, 2), { gray: fineInk, width: 1 });
      return;
    case 'counter':
    case 'desk':
    case 'television':
      pen.outline(place.box, line);
  }
}

/** Doors side by side, with crosses, slants or clothes on a rail. */
function drawCupboards(pen: Pen, place: Place, line: Stroke, { dice }: DrawingStyle): void {
  const { part } = fixtureFrame(place);
  const { x0, y0, x1, y1 } = place.box;
  const count = Math.max(1, Math.round(Math.max(x1 - x0, y1 - y0) / 85));
  const look = dice.integer(0, 3);
  pen.outline(place.box, line);
  for (let i = 0; i < count; i++) {
    const door = part(i / count, (i + 1) / count, 0, 1);
    if (look !== 3) pen.outline(door, line);
    if (look === 0) pen.cross(door, line);
    if (look === 1) pen.line(door.x0, door.y0, door.x1, door.y1, line);
    if (look === 3) {
      for (let k = 0.1; k < 1; k += 0.22) {
        const hanger = part((i + k) / count, (i + k + 0.05) / count, 0.15, 0.85);
        pen.line(hanger.x0, hanger.y0, hanger.x1, hanger.y1, { ...line, width: 1 });
      }
    }
  }
}

function drawTable(pen: Pen, place: Place, line: Stroke, { dice }: DrawingStyle): void {
  const { part } = fixtureFrame(place);
  if (dice.chance(0.15)) pen.ellipse(place.box, line);
  else pen.outline(part(0, 1, 0.22, 0.78), line);
  const chairs = dice.integer(2, 3);
  for (let i = 0; i < chairs; i++) {
    const middle = (i + 0.5) / chairs;
    pen.rounded(part(middle - 0.11, middle + 0.11, 0, 0.2), 8, line);
    pen.rounded(part(middle - 0.11, middle + 0.11, 0.8, 1), 8, line);
  }
}
