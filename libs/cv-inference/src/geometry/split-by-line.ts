import type { Geometry, GeometryScope } from './geometry-scope.ts';
import { GeometryError } from './geometry-error.ts';

/**
 * The pieces into which a line cuts a polygon or multi-polygon, in the order in which GEOS finds them.
 *
 * @throws GeometryError for any other shape, as in the service's geometry library.
 */
export function splitByLine(scope: GeometryScope, shape: Geometry, line: Geometry): Geometry[] {
  const kind = scope.kind(shape);
  if (kind !== 'polygon' && kind !== 'multi-polygon') throw new GeometryError('split', `not for a ${kind}`);
  return scope.parts(shape).flatMap((polygon) => {
    const outlineAndLine = scope.union(scope.boundary(polygon), line);
    // Enclosed areas may also be holes of the polygon.
    return scope
      .polygonize(scope.parts(outlineAndLine))
      .filter((piece) => scope.contains(polygon, scope.pointOnSurface(piece)));
  });
}
