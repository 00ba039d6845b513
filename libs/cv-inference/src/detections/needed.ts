import { plainNumber } from '../numbers/spelled-number.ts';
import { truncate } from '../numbers/truncate.ts';
import type { Point } from '../geometry/geometry-scope.ts';
import { DetectionsError } from './detections-error.ts';
import type { DetectionsPlace } from './detections-error.ts';
import type { Annotation, SpelledBbox } from './detections.ts';

/** An annotation together with where it came from. */
export interface Located<A extends Annotation = Annotation> {
  readonly annotation: A;
  readonly place: DetectionsPlace;
}

/** A bbox in plain numbers. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A value that the graph cannot do without.
 *
 * @throws DetectionsError when it is missing.
 */
export function needed<Value>(value: Value | null | undefined, { place }: Located, key: string): Value {
  if (value === null || value === undefined) {
    throw new DetectionsError({ file: place.file, field: `${place.field}.${key}` }, 'missing');
  }
  return value;
}

/** The id as the graph's names carry it. */
export function neededId(item: Located): string {
  const id = needed(item.annotation.id, item, 'id');
  return typeof id === 'object' ? id.rawJSON : String(id);
}

/** The bbox of an annotation in plain numbers. */
export function neededBox(item: Located): Box {
  return boxOf(needed(item.annotation.bbox, item, 'bbox'));
}

export function boxOf([x, y, width, height]: SpelledBbox): Box {
  return { x: plainNumber(x), y: plainNumber(y), width: plainNumber(width), height: plainNumber(height) };
}

/** The centre of a box, truncated to whole pixels as the service does it. */
export function centreOf({ x, y, width, height }: Box): Point {
  return { x: truncate(x + width / 2), y: truncate(y + height / 2) };
}
