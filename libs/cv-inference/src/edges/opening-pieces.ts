import { GeometryError } from '../geometry/geometry-error.ts';
import type { Geometry, GeometryScope } from '../geometry/geometry-scope.ts';

/** How much is cut away on each side of a wall, in px. */
const WALL_MARGIN = 1;
/** Pieces up to this area are slivers, in px². */
const SLIVER = 10;

/** A function that cuts a door or window by all walls: the pieces between the walls, or the opening as it is. */
export function openingCutter(
  scope: GeometryScope,
  walls: readonly Geometry[],
): (opening: Geometry) => Geometry[] {
  let allWalls: Geometry | undefined;
  return (opening) => {
    if (walls.length === 0) return [opening];
    try {
      allWalls ??= scope.unionOfAll(walls.map((wall) => scope.buffer(wall, WALL_MARGIN)));
      return piecesOf(scope, scope.difference(opening, allWalls)) ?? [opening];
    } catch (error) {
      if (error instanceof GeometryError) return [opening];
      throw error;
    }
  };
}

function piecesOf(scope: GeometryScope, rest: Geometry): Geometry[] | undefined {
  const isPiece = (part: Geometry) => scope.kind(part) === 'polygon' && scope.area(part) > SLIVER;
  const kind = scope.kind(rest);
  // Cut apart: the slivers go, even if nothing remains.
  if (kind === 'multi-polygon' || kind === 'collection') return scope.parts(rest).filter(isPiece);
  return isPiece(rest) ? [rest] : undefined;
}
