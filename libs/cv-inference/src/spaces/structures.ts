import type { StructureAnnotation } from '../detections/detections.ts';
import type { Geometry } from '../geometry/geometry-scope.ts';
import type { Shape } from './shape.ts';

/** What the structure model found, by kind. */
export interface Structures {
  readonly doors: readonly Shape<StructureAnnotation>[];
  readonly windows: readonly Shape<StructureAnnotation>[];
  /** Walls count by their polygons only. */
  readonly walls: readonly Geometry[];
}

/** Sorts structures by their category; one that names both a door and a window is a door. */
export function sortStructures(structures: readonly Shape<StructureAnnotation>[]): Structures {
  const isOf = (word: string) => (structure: Shape) =>
    structure.annotation.category_name?.includes(word) ?? false;
  const isDoor = isOf('출입문');
  const isWindow = isOf('창호');
  return {
    doors: structures.filter(isDoor),
    windows: structures.filter((structure) => !isDoor(structure) && isWindow(structure)),
    walls: structures.filter(isOf('벽체')).flatMap(({ polygon }) => (polygon === undefined ? [] : [polygon])),
  };
}
