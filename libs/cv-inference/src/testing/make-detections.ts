import { spellPythonFloat } from '@arae/floorplan';
import type {
  Detections,
  ObjectAnnotation,
  SpaceAnnotation,
  StructureAnnotation,
} from '../detections/detections.ts';
import type { SpelledNumber } from '../numbers/spelled-number.ts';

/** `[x, y, width, height]` */
export type Rectangle = readonly [number, number, number, number];

interface Content {
  readonly spaces?: readonly SpaceAnnotation[];
  /** Texts with their centres. */
  readonly texts?: readonly (readonly [text: string, x: number, y: number])[];
  readonly structures?: readonly StructureAnnotation[];
  readonly objects?: readonly ObjectAnnotation[];
}

/** The outline of a rectangle. */
export function outlineOf([x, y, width, height]: Rectangle): number[] {
  return [x, y, x, y + height, x + width, y + height, x + width, y];
}

/** A rectangular space of a category such as `거실`. */
export function space(
  category: string,
  rectangle: Rectangle,
  change: Partial<SpaceAnnotation> = {},
): SpaceAnnotation {
  return {
    category_id: 22,
    category_name: `공간_${category}`,
    bbox: [...rectangle],
    segmentation: [outlineOf(rectangle)],
    area: spellPythonFloat(rectangle[2] * rectangle[3]) as SpelledNumber,
    ...change,
  };
}

/** A rectangular door, window or wall. */
export function structure(
  id: number,
  category: '출입문' | '창호' | '벽체',
  rectangle: Rectangle,
): StructureAnnotation {
  return {
    id,
    category_name: `구조_${category}`,
    bbox: [...rectangle],
    segmentation: [outlineOf(rectangle)],
    attributes: { subcat: category },
  };
}

/** The detections of a drawing of 1,000 × 800 px. */
export function makeDetections({
  spaces = [],
  texts = [],
  structures = [],
  objects = [],
}: Content): Detections {
  return {
    image_info: { file_name: 'plan.png', width: 1_000, height: 800 },
    obj: [...objects],
    ocr: texts.map(([text, x, y]) => ({ bbox: [x - 10, y - 5, 20, 10], attributes: { OCR: text } })),
    str: [...structures],
    spa: [...spaces],
  };
}
