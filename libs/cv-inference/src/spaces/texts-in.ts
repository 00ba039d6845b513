import { DetectionsError } from '../detections/detections-error.ts';
import type { TextAnnotation } from '../detections/detections.ts';
import { centreOf, neededBox } from '../detections/needed.ts';
import type { Located } from '../detections/needed.ts';
import type { GeometryScope, Point } from '../geometry/geometry-scope.ts';
import { isPointIn } from './shape.ts';
import type { Shape } from './shape.ts';

/** A text in a space. */
export interface PlacedText {
  readonly text: string;
  readonly centre: Point;
}

/** The non-empty texts whose centre lies in a space, in the order of the text model. */
export function textsIn(
  scope: GeometryScope,
  space: Shape,
  texts: readonly Located<TextAnnotation>[],
): PlacedText[] {
  return texts.flatMap((item) => {
    const centre = centreOf(neededBox(item));
    if (!isPointIn(scope, centre, space)) return [];
    const text = textOf(item);
    return text === '' ? [] : [{ text, centre }];
  });
}

function textOf({ annotation, place }: Located<TextAnnotation>): string {
  if (annotation.attributes === null) {
    throw new DetectionsError({ file: place.file, field: `${place.field}.attributes` }, 'missing');
  }
  return annotation.attributes?.OCR ?? '';
}
