import { centroidOf, segmentMeetsRect, shrunk, type Rect } from '../geometry.ts';
import type { Border } from '../layout/grid.ts';
import type { PlacedDraft } from '../layout/place-draft.ts';
import type { WallDepths } from '../layout/wall-faces.ts';
import { wallsOf } from '../layout/walls.ts';
import type { Room } from '../plan-types.ts';
import { roomsOf } from '../rooms.ts';

/** Turned plans end on whole pixels again: what passes a wall more closely than this may meet it then. */
const DOUBT = 3;

type Pair = readonly [string, string];

export interface SettledPassages {
  readonly rooms: readonly Room[];
  /** Borders with a wall. */
  readonly closed: readonly Border[];
  /** Pairs of rooms without a wall between them. */
  readonly open: readonly Pair[];
  /** Pairs whose passage became a wall that needs a door. */
  readonly doored: readonly Pair[];
}

/**
 * Decides which of a draft's open passages stay open. The graph takes only those for open whose rooms' centroids see
 * each other past all walls; the others get a wall and a door, as a real plan would have there.
 *
 * Undefined when a room has no clear outline.
 */
export function settlePassages(
  { rooms: drafts, open: wished }: PlacedDraft,
  borders: readonly Border[],
  depths: WallDepths,
  texts: ReadonlyMap<string, string | null>,
): SettledPassages | undefined {
  let open: readonly Pair[] = wished;
  for (;;) {
    const isOpen = (border: Border) => open.some((pair) => isBetween(border, pair));
    const rooms = roomsOf(drafts, borders, isOpen, texts, depths.halfWall);
    if (!rooms) return undefined;
    const closed = borders.filter((border) => !isOpen(border));
    // Without openings: more walls than there will be, so whatever is seen now is seen then.
    const walls = wallsOf(closed, drafts, [], depths);
    const seen = open.filter((pair) => seeEachOther(rooms, pair, walls));
    if (seen.length === open.length) {
      return { rooms, closed, open, doored: wished.filter((pair) => !open.includes(pair)) };
    }
    // A wall in one passage moves centroids and may hide another.
    open = seen;
  }
}

export const isBetween = ({ before, after }: Pick<Border, 'before' | 'after'>, [a, b]: Pair): boolean =>
  (a === before && b === after) || (a === after && b === before);

function seeEachOther(rooms: readonly Room[], pair: Pair, walls: readonly Rect[]): boolean {
  const [a, b] = pair.map((key) => rooms.find((room) => room.key === key));
  if (!a || !b) return false;
  const [from, to] = [centroidOf(a.outline), centroidOf(b.outline)];
  return !walls.some((wall) => segmentMeetsRect(from, to, shrunk(wall, -DOUBT)));
}
