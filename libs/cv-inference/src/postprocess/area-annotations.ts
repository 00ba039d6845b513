import { categoryNameOf } from '@arae/floorplan';
import { pythonFloat } from '../numbers/spelled-number.ts';
import type { SpelledNumber } from '../numbers/spelled-number.ts';
import { blockGridOf } from './block-grid.ts';
import type { ClassMapPlace } from './block-grid.ts';
import { outerOutlines } from './outer-outlines.ts';
import { areaOf, boundsOf } from './outline-shape.ts';

/** An area that a segmentation network found; coordinates in drawing pixels. */
export interface AreaAnnotation<Attributes> {
  id: number;
  category_id: number;
  category_name: string;
  /** `[x, y, width, height]`. */
  bbox: [number, number, number, number];
  /** One ring, `[x1, y1, x2, y2, …]`. */
  segmentation: number[][];
  /** px², a Python float. */
  area: SpelledNumber;
  confidence: SpelledNumber;
  iscrowd: number;
  attributes: Attributes;
}

export interface AreaKind<Attributes> {
  /** Category of each value of the class map: the first is for value 1. */
  readonly categories: readonly number[];
  /** For values beyond these. */
  readonly otherCategory: number;
  /** Smaller areas are dropped, px². */
  readonly minArea: number;
  readonly attributesOf: (value: number) => Attributes;
}

/** One annotation for each outer outline in the class map, class by class. */
export function areaAnnotations<Attributes>(
  classMap: Uint8Array,
  place: ClassMapPlace,
  { categories, otherCategory, minArea, attributesOf }: AreaKind<Attributes>,
): AreaAnnotation<Attributes>[] {
  const annotations: AreaAnnotation<Attributes>[] = [];
  for (const { value, points } of outerOutlines(blockGridOf(classMap, place))) {
    const area = areaOf(points);
    if (area < minArea) continue;
    const category = categories[value - 1] ?? otherCategory;
    annotations.push({
      id: annotations.length,
      category_id: category,
      category_name: categoryNameOf(category) ?? '',
      bbox: boundsOf(points),
      segmentation: [[...points]],
      area: pythonFloat(area),
      confidence: pythonFloat(1),
      iscrowd: 0,
      attributes: attributesOf(value),
    });
  }
  return annotations;
}
