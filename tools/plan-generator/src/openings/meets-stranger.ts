import { boundsOf, overlap, shrunk } from '../geometry.ts';
import type { DraftRoom } from '../layout/draft.ts';
import type { DoorOpening, WindowOpening } from '../plan-types.ts';

/**
 * Does an opening reach into a room that it does not belong to? That happens where two rooms stand a hand's breadth
 * apart; the graph would then see a door or a window there.
 */
export function meetsStranger(
  openings: readonly (DoorOpening | WindowOpening)[],
  rooms: readonly DraftRoom[],
  halfWall: number,
): boolean {
  return openings.some(({ outline, rooms: own }) => {
    // One pixel more, as touching counts.
    const reach = shrunk(boundsOf(outline), -1);
    return rooms.some(
      ({ key, cells }) => !own.includes(key) && cells.some((cell) => overlap(shrunk(cell, halfWall), reach)),
    );
  });
}
