import { centroidOf, segmentMeetsRect, shrunk, type Rect } from '../geometry.ts';
import type { Border } from '../layout/grid.ts';
import type { DoorOpening, Room } from '../plan-types.ts';
import { doorOutline } from './door-outline.ts';

/** Turned plans end on whole pixels again: what passes a wall more closely than this may meet it then. */
const DOUBT = 3;

/**
 * A sliding screen in the open passage between two rooms where the graph would not see the passage otherwise: it
 * takes only those for open whose centroids see each other past all walls.
 */
export function screenFor(
  border: Border,
  rooms: readonly Room[],
  walls: readonly Rect[],
  halfWall: number,
): DoorOpening | undefined {
  const [a, b] = [border.before, border.after].map((key) => rooms.find((room) => room.key === key));
  if (!a || !b) return undefined;
  const from = centroidOf(a.outline);
  const to = centroidOf(b.outline);
  if (!walls.some((wall) => segmentMeetsRect(from, to, shrunk(wall, -DOUBT)))) return undefined;
  const middle = Math.round((border.from + border.to) / 2);
  const half = Math.round((border.to - border.from) * 0.22);
  const door = {
    axis: border.axis,
    at: border.at,
    from: middle - half,
    to: middle + half,
    rooms: [a.key, b.key],
    swing: 0,
    hinge: 'from',
    before: halfWall,
    after: halfWall,
  } as const;
  return { ...door, outline: doorOutline(door) };
}
