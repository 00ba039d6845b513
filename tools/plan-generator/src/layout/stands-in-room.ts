import { boundsOf, overlap, ringHolds, segmentMeetsRect, shrunk, type Rect } from '../geometry.ts';
import type { Room } from '../plan-types.ts';

/**
 * Does a wall reach into the clear outline of a room by more than a pixel? The thick wall of a corner may where two
 * rooms stand close together.
 */
export function standsInRoom(walls: readonly Rect[], rooms: readonly Pick<Room, 'outline'>[]): boolean {
  return rooms.some(({ outline }) => {
    const bounds = boundsOf(outline);
    return walls.some((wall) => {
      const body = shrunk(wall, 1);
      if (!overlap(body, bounds)) return false;
      const middle = { x: (wall.x0 + wall.x1) / 2, y: (wall.y0 + wall.y1) / 2 };
      return (
        ringHolds(outline, middle) ||
        outline.some((point, i) => {
          const next = outline[(i + 1) % outline.length];
          return next !== undefined && segmentMeetsRect(point, next, body);
        })
      );
    });
  });
}
