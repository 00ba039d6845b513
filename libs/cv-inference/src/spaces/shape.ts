import { DetectionsError } from '../detections/detections-error.ts';
import type { Annotation } from '../detections/detections.ts';
import { neededBox } from '../detections/needed.ts';
import type { Located } from '../detections/needed.ts';
import type { Geometry, GeometryScope, Point } from '../geometry/geometry-scope.ts';
import { polygonOfOutline } from '../geometry/polygon-of-outline.ts';
import { plainNumber } from '../numbers/spelled-number.ts';

/** An annotation with its polygon; without one its bbox stands in. */
export interface Shape<A extends Annotation = Annotation> extends Located<A> {
  readonly polygon: Geometry | undefined;
}

const FEWEST_COORDINATES = 6;

/**
 * @param hasHoles - whether further rings are holes of the first; the service looks at the first only
 * @throws DetectionsError for an odd number of coordinates, and when there is neither polygon nor bbox.
 */
export function shapeOf<A extends Annotation>(
  scope: GeometryScope,
  item: Located<A>,
  hasHoles = false,
): Shape<A> {
  const [polygon, ...holes] = (item.annotation.segmentation ?? [])
    .slice(0, hasHoles ? undefined : 1)
    .map((_, index) => ringOf(scope, item, index));
  if (polygon === undefined) neededBox(item);
  return { ...item, polygon: polygon && withoutHoles(scope, polygon, holes) };
}

function ringOf(scope: GeometryScope, item: Located, index: number): Geometry | undefined {
  const outline = item.annotation.segmentation?.[index] ?? [];
  if (outline.length > FEWEST_COORDINATES && outline.length % 2 !== 0) {
    const { file, field } = item.place;
    throw new DetectionsError(
      { file, field: `${field}.segmentation[${index}]` },
      'an odd number of coordinates',
    );
  }
  return polygonOfOutline(
    scope,
    outline.map((coordinate) => (coordinate === null ? null : plainNumber(coordinate))),
  );
}

function withoutHoles(
  scope: GeometryScope,
  polygon: Geometry,
  holes: readonly (Geometry | undefined)[],
): Geometry {
  return holes.reduce<Geometry>(
    (rest, hole) => (hole === undefined ? rest : scope.difference(rest, hole)),
    polygon,
  );
}

/** True when a point lies in a shape: strictly inside its polygon, or inside its bbox, border included. */
export function isPointIn(scope: GeometryScope, point: Point, shape: Shape): boolean {
  if (shape.polygon !== undefined) return scope.contains(shape.polygon, scope.point(point));
  const { x, y, width, height } = neededBox(shape);
  return x <= point.x && point.x <= x + width && y <= point.y && point.y <= y + height;
}

/** True when two shapes have a point in common: by their polygons, or by their bboxes where one has no polygon. */
export function doMeet(scope: GeometryScope, first: Shape, second: Shape): boolean {
  if (first.polygon !== undefined && second.polygon !== undefined) {
    return scope.intersects(first.polygon, second.polygon);
  }
  const a = neededBox(first);
  const b = neededBox(second);
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
