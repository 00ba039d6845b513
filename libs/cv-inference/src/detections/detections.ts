import { z } from 'zod';
import { isSpelledNumber, plainNumber } from '../numbers/spelled-number.ts';
import type { SpelledNumber } from '../numbers/spelled-number.ts';

/** Sums and products of such numbers are still numbers. */
const LARGEST = 1e100;
const spelledNumber = z
  .custom<SpelledNumber>(isSpelledNumber, 'must be a number')
  .refine((value) => Math.abs(plainNumber(value)) <= LARGEST, 'must be at most 1e100');
const identifier = z.union([z.string(), spelledNumber], 'must be a number or a text');
const pixelCount = z.number('must be an integer').int().positive();

/**
 * One annotation of a detection model. The models leave fields out (and the service copes as long as nothing needs
 * them), so most may be missing here; what is missing where it is needed is an error of the aggregation.
 */
const annotationFields = {
  id: identifier.optional(),
  category_id: spelledNumber.optional(),
  category_name: z.string().nullish(),
  /** `[x, y, width, height]` in pixels of the drawing. */
  bbox: z.tuple([spelledNumber, spelledNumber, spelledNumber, spelledNumber]).nullable(),
  /** Rings as flat coordinate lists `[x1, y1, x2, y2, …]`; the first is the outline. */
  segmentation: z.array(z.array(spelledNumber.nullable())).nullish(),
};

const objectSchema = z.looseObject(annotationFields);

const textSchema = z.looseObject({
  ...annotationFields,
  attributes: z.looseObject({ OCR: z.string().nullish() }).nullish(),
});

const structureSchema = z.looseObject({
  ...annotationFields,
  attributes: z.looseObject({ subcat: z.string().optional() }).nullish(),
});

const spaceSchema = z.looseObject({
  ...annotationFields,
  category_id: spelledNumber,
  category_name: z.string().nullable(),
  /** px². */
  area: spelledNumber,
});

/** Everything that the four detection models found on one drawing. */
export const detectionsSchema = z.looseObject({
  image_info: z.looseObject({ file_name: z.string().min(1), width: pixelCount, height: pixelCount }),
  /** Sanitary and kitchen fixtures. */
  obj: z.array(objectSchema),
  /** Texts; the text itself is `attributes.OCR`. */
  ocr: z.array(textSchema),
  /** Doors, windows and walls; the finer type is `attributes.subcat`. */
  str: z.array(structureSchema),
  /** Spaces. */
  spa: z.array(spaceSchema),
});

export type Detections = z.infer<typeof detectionsSchema>;
export type ObjectAnnotation = Detections['obj'][number];
export type TextAnnotation = Detections['ocr'][number];
export type StructureAnnotation = Detections['str'][number];
export type SpaceAnnotation = Detections['spa'][number];
export type Annotation = ObjectAnnotation | TextAnnotation | StructureAnnotation | SpaceAnnotation;
export type SpelledBbox = NonNullable<Annotation['bbox']>;
