import { GeometryError } from './geometry-error.ts';
import type { Geometry, GeometryScope } from './geometry-scope.ts';

const FEWEST_COORDINATES = 6;

/**
 * The shape of an outline (a flat coordinate list), or undefined where there is none: too few points, or nothing that
 * can be built. An invalid outline is repaired, which may make it a multi-polygon, a line or a collection.
 *
 * The number of coordinates must be even.
 */
export function polygonOfOutline(
  scope: GeometryScope,
  outline: readonly (number | null)[],
): Geometry | undefined {
  if (outline.length < FEWEST_COORDINATES || !isComplete(outline)) return undefined;
  try {
    const polygon = scope.polygon(closed(outline));
    const shape = scope.isValid(polygon) ? polygon : scope.makeValid(polygon);
    return scope.isEmpty(shape) ? undefined : shape;
  } catch (error) {
    if (error instanceof GeometryError) return undefined;
    throw error;
  }
}

function isComplete(outline: readonly (number | null)[]): outline is readonly number[] {
  return !outline.includes(null);
}

function closed(outline: readonly number[]): readonly number[] {
  const [x, y] = outline as [number, number];
  const isClosed = outline.at(-2) === x && outline.at(-1) === y;
  // Three points are closed even if the last repeats the first: a ring of GEOS has four at least.
  return isClosed && outline.length > FEWEST_COORDINATES ? outline : [...outline, x, y];
}
