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

/** @throws DetectionsError for an odd number of coordinates, and when there is neither polygon nor bbox. */
export function shapeOf<A extends Annotation>(scope: GeometryScope, item: Located<A>): Shape<A> {
  const outline = item.annotation.segmentation?.[0] ?? [];
  if (outline.length > FEWEST_COORDINATES && outline.length % 2 !== 0) {
    const { file, field } = item.place;
    throw new DetectionsError({ file, field: `${field}.segmentation[0]` }, 'an odd number of coordinates');
  }
  const polygon = polygonOfOutline(
    scope,
    outline.map((coordinate) => (coordinate === null ? null : plainNumber(coordinate))),
  );
  if (polygon === undefined) neededBox(item);
  return { ...item, polygon };
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
