import type { Geometry, GeometryScope } from '../geometry/geometry-scope.ts';
import { GeometryError } from '../geometry/geometry-error.ts';

/** From which share of it on a room counts as lying inside a wall. */
const INSIDE = 0.5;
/** How far an inside room is cleared, in px; two rooms that count as adjacent lose the wall between them. */
const CLEARANCE = 5;

/**
 * Walls with the rooms taken out that lie inside them. A detector that gives outer contours only turns a ring of walls
 * into a filled area, which would block every passage between the rooms in it and swallow them in a split. What is left
 * between rooms that are farther apart stays wall.
 */
export function wallsWithoutRooms(
  scope: GeometryScope,
  walls: readonly Geometry[],
  rooms: readonly Geometry[],
): Geometry[] {
  return walls.map((wall) => {
    try {
      return rooms
        .filter((room) => coveredShare(scope, room, wall) > INSIDE)
        .reduce((rest, room) => scope.difference(rest, scope.buffer(room, CLEARANCE)), wall);
    } catch (error) {
      // A shape that GEOS refuses: better the filled wall than none.
      if (error instanceof GeometryError) return wall;
      throw error;
    }
  });
}

function coveredShare(scope: GeometryScope, room: Geometry, wall: Geometry): number {
  if (!scope.intersects(room, wall)) return 0;
  const area = scope.area(room);
  return area === 0 ? 0 : 1 - scope.area(scope.difference(room, wall)) / area;
}
