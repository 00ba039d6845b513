import type { Geometry, GeometryScope } from '../geometry/geometry-scope.ts';
import type { GraphSpace } from '../spaces/graph-space.ts';

/** How far each of two adjacent spaces reaches beyond its outline, in px. */
const REACH = 5;

/**
 * A test whether two spaces are adjacent: their polygons touch, or meet once both are grown. (Growing both is not the
 * same as a distance: at a convex corner the rounded buffers reach a little less far.)
 */
export function adjacencyOf(scope: GeometryScope): (first: GraphSpace, second: GraphSpace) => boolean {
  const grown = new Map<Geometry, Geometry>();
  const grow = (polygon: Geometry): Geometry => {
    const known = grown.get(polygon);
    if (known !== undefined) return known;
    const made = scope.buffer(polygon, REACH);
    grown.set(polygon, made);
    return made;
  };
  return ({ shape: { polygon: first } }, { shape: { polygon: second } }) => {
    if (first === undefined || second === undefined) return false;
    return scope.touches(first, second) || scope.intersects(grow(first), grow(second));
  };
}
