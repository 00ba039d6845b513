import type { LabelReading } from '@arae/floorplan';
import { DetectionsError } from '../detections/detections-error.ts';
import type {
  ObjectAnnotation,
  SpaceAnnotation,
  StructureAnnotation,
  TextAnnotation,
} from '../detections/detections.ts';
import { centreOf, needed, neededBox, neededId } from '../detections/needed.ts';
import type { Located } from '../detections/needed.ts';
import type { GeometryScope, Point } from '../geometry/geometry-scope.ts';
import { truncate } from '../numbers/truncate.ts';
import { areaRatioOf, insideAreaOf } from './area-ratio.ts';
import type { GraphSpace, SpelledNode } from './graph-space.ts';
import { doMeet, isPointIn } from './shape.ts';
import type { Shape } from './shape.ts';
import type { Structures } from './structures.ts';
import { textsIn } from './texts-in.ts';

type Contains = SpelledNode['contains'];
type ContainedStructure = Contains['structures']['doors'][number];

export interface Contents {
  readonly objects: readonly Located<ObjectAnnotation>[];
  readonly texts: readonly Located<TextAnnotation>[];
  readonly structures: Structures;
}

/** The nodes of the graph, one for each space. */
export function makeNodes(
  scope: GeometryScope,
  spaces: readonly Shape<SpaceAnnotation>[],
  contents: Contents,
  reading: LabelReading,
): GraphSpace[] {
  const labelled = spaces.map((shape) => {
    const texts = textsIn(scope, shape, contents.texts).map(({ text }) => text);
    const label = texts[0] ?? labelOfCategory(shape);
    return { shape, texts, label, area: shape.annotation.area, is_outside: reading.isOutside(label) };
  });
  const insideArea = insideAreaOf(labelled);

  return labelled.map(({ shape, texts, label, area, is_outside }, index) => {
    const { category_id, category_name, bbox, segmentation = [] } = shape.annotation;
    const { x, y } = centroidOf(scope, shape);
    const node: SpelledNode = {
      node_id: `space_${index}`,
      node_type: 'space',
      category_id,
      // A labelled space may lack its category; the service passes the null on, although the graph's type has none.
      category_name: category_name as string,
      label,
      space_type: reading.spaceTypeOf(label),
      is_outside,
      bbox,
      segmentation,
      area,
      area_ratio: areaRatioOf({ area, is_outside }, insideArea),
      centroid: [x, y],
      contains: {
        objects: objectsIn(scope, shape, contents.objects),
        ocr_labels: texts,
        structures: {
          doors: structuresAt(scope, shape, contents.structures.doors, '기타문'),
          windows: structuresAt(scope, shape, contents.structures.windows, '기타창'),
          // Always empty in the service's graphs.
          walls: [],
        },
      },
    };
    return { node, shape };
  });
}

function labelOfCategory(shape: Shape<SpaceAnnotation>): string {
  return needed(shape.annotation.category_name, shape, 'category_name').replaceAll('공간_', '');
}

function centroidOf(scope: GeometryScope, shape: Shape): Point {
  if (shape.polygon === undefined) return centreOf(neededBox(shape));
  const { x, y } = scope.centroid(shape.polygon);
  return { x: truncate(x), y: truncate(y) };
}

function objectsIn(
  scope: GeometryScope,
  space: Shape,
  objects: readonly Located<ObjectAnnotation>[],
): Contains['objects'] {
  return objects
    .filter((item) => isPointIn(scope, centreOf(neededBox(item)), space))
    .map((item) => ({
      object_id: `obj_${neededId(item)}`,
      category_id: needed(item.annotation.category_id, item, 'category_id'),
      category_name: needed(item.annotation.category_name, item, 'category_name'),
      bbox: needed(item.annotation.bbox, item, 'bbox'),
    }));
}

function structuresAt(
  scope: GeometryScope,
  space: Shape,
  structures: readonly Shape<StructureAnnotation>[],
  defaultType: string,
): ContainedStructure[] {
  return structures
    .filter((structure) => doMeet(scope, space, structure))
    .map((structure) => ({
      structure_id: `str_${neededId(structure)}`,
      type: subcategoryOf(structure) ?? defaultType,
      bbox: structure.annotation.bbox,
    }));
}

function subcategoryOf({ annotation, place }: Located<StructureAnnotation>): string | undefined {
  if (annotation.attributes === null) {
    throw new DetectionsError({ file: place.file, field: `${place.field}.attributes` }, 'missing');
  }
  return annotation.attributes?.subcat;
}
