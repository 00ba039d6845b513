import { parseSpelledJson } from '@arae/floorplan';
import type { SpelledJson } from '@arae/floorplan';
import { DetectionsError } from './detections-error.ts';
import { detectionsSchema } from './detections.ts';
import type { Detections } from './detections.ts';

export interface ParseDetectionsOptions {
  /** Named in errors. */
  readonly file?: string;
}

/**
 * Parses the JSON text of one drawing's detections: `{image_info, obj, ocr, str, spa}`. Numbers keep their spelling.
 *
 * @throws DetectionsError that names the first field that is wrong.
 */
export function parseDetections(text: string, { file }: ParseDetectionsOptions = {}): Detections {
  let value: SpelledJson;
  try {
    value = parseSpelledJson(text);
  } catch (error) {
    throw new DetectionsError({ file, field: '' }, 'not JSON', error);
  }
  const result = detectionsSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new DetectionsError(
      { file, field: fieldOf(issue?.path ?? []) },
      issue?.message ?? 'not detections',
    );
  }
  // The input and not zod's copy: that one has the known keys first, and the service keeps the models' order.
  return value as unknown as Detections;
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    return field === '' ? String(key) : `${field}.${String(key)}`;
  }, '');
}
