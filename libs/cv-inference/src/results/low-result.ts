import { CATEGORIES } from '@arae/floorplan';
import type { Annotation, Detections } from '../detections/detections.ts';
import { inPythonSpelling } from '../numbers/spelled-number.ts';

/** The lists of detections with the names of their models, in the order of the service's result files. */
export const MODEL_LISTS = [
  ['OBJ', 'obj'],
  ['OCR', 'ocr'],
  ['STR', 'str'],
  ['SPA', 'spa'],
] as const;

export type ModelName = (typeof MODEL_LISTS)[number][0];

/** All detections of a drawing in one list, as COCO has it. */
export interface LowResult {
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly images: readonly [{ id: 1; width: number; height: number; file_name: string }];
  /** Renumbered from 0, each with `image_id` and `source_model`. */
  readonly annotations: readonly (Annotation & { id: number; image_id: 1; source_model: ModelName })[];
}

/** The content of `low_result.json`, for `stringifyIndented`. */
export function lowResultOf(detections: Detections): LowResult {
  const { file_name, width, height } = detections.image_info;
  const annotations = MODEL_LISTS.flatMap(([model, list]) =>
    detections[list].map((annotation: Annotation) => ({ annotation, model })),
  ).map(({ annotation, model }, id) => ({
    ...(inPythonSpelling(annotation) as Annotation),
    id,
    image_id: 1 as const,
    source_model: model,
  }));
  return { categories: CATEGORIES, images: [{ id: 1, width, height, file_name }], annotations };
}
