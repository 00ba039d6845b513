import { z } from 'zod';

const threshold = z.number().min(0).max(1);
const perChannel = z.tuple([z.number(), z.number(), z.number()]);
const nonZero = z.number().refine((value) => value !== 0, 'must not be 0');

/** `(value × scale − mean) ÷ std` for red, green and blue of 0 to 255. */
const normalisationSchema = z
  .strictObject({
    scale: z
      .number()
      .positive()
      .default(1 / 255),
    mean: perChannel.default([0, 0, 0]),
    std: z.tuple([nonZero, nonZero, nonZero]).default([1, 1, 1]),
  })
  .prefault({});

const fileFields = {
  /** The ONNX file, relative to the manifest. */
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 small hexadecimal digits'),
  normalisation: normalisationSchema,
};

const side = z.int().positive().multipleOf(32);

/** What the network is fed, for a landscape sheet; portrait sheets have the sides exchanged. */
function inputSchema(width: number, height: number) {
  return z
    .strictObject({
      width: side.default(width),
      height: side.default(height),
      layout: z.literal('NCHW').default('NCHW'),
    })
    .prefault({});
}

/** A network that sees the sheet reduced to a fixed size. */
function reducedInputSchema(width: number, height: number) {
  return z
    .strictObject({
      width: side.default(width),
      height: side.default(height),
      layout: z.literal('NCHW').default('NCHW'),
      /** What the whole landscape sheet is reduced to first; 1/8 of a standard one. */
      sheet: z
        .strictObject({ width: z.int().positive(), height: z.int().positive() })
        .default({ width: 620, height: 436 }),
    })
    .prefault({});
}

const outputSchema = z.discriminatedUnion('kind', [
  /** Probabilities. */
  z.strictObject({ kind: z.literal('scores') }),
  /** Needs an activation first. */
  z.strictObject({ kind: z.literal('logits'), activation: z.enum(['sigmoid', 'softmax']) }),
]);

const segmentationFields = {
  ...fileFields,
  input: reducedInputSchema(640, 448),
  output: outputSchema.default({ kind: 'scores' }),
};

/** Category ids, one for each class of the network, in its order. */
const classesSchema = (known: readonly number[]) =>
  z
    .array(z.int().refine((id) => known.includes(id), `must be one of ${known.join(', ')}`))
    .min(1)
    .max(known.length)
    .refine((ids) => new Set(ids).size === ids.length, 'must not repeat a category')
    .default([...known]);

export const OBJECT_CATEGORY_IDS = [4, 5, 6, 7, 8] as const;
export const STRUCTURE_CATEGORY_IDS = [9, 10, 11] as const;
export const SPACE_CATEGORY_IDS = [1, 2, 3, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23] as const;

const detectionFields = {
  ...fileFields,
  confidence: threshold.default(0.4),
  iou: threshold.default(0.5),
};

/** `models.json`: everything that differs between one set of trained networks and another. */
export const modelsManifestSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  /** For people, and for the provenance of a graph. */
  name: z.string().min(1),
  networks: z.strictObject({
    /** YOLOv5 for fixtures, rows `[1, N, 5 + classes]`. */
    objects: z.strictObject({
      ...detectionFields,
      input: reducedInputSchema(640, 480),
      classes: classesSchema(OBJECT_CATEGORY_IDS),
    }),
    /** YOLOv5 for texts on the full-size sheet, rows `[1, N, 6]`. */
    textDetection: z.strictObject({ ...detectionFields, input: inputSchema(4960, 3488) }),
    /** CRNN, `[N, 3, 60, 250]` → `[T, N, symbols]`. */
    textRecognition: z.strictObject({
      ...fileFields,
      input: z
        .strictObject({
          width: z.literal(250).default(250),
          height: z.literal(60).default(60),
          layout: z.literal('NCHW').default('NCHW'),
        })
        .prefault({}),
      /** The symbol of each class, in order, with or without the extra last one (`@`). */
      vocabulary: z.union([z.string().min(2), z.array(z.string()).min(2)]),
      /** A text that stands for "nothing" and is dropped. */
      filler: z.string().default(''),
    }),
    /** `[1, classes, 448, 640]` → doors, windows, walls. */
    structures: z.strictObject({ ...segmentationFields, classes: classesSchema(STRUCTURE_CATEGORY_IDS) }),
    /** `[1, classes, 448, 640]` → spaces. */
    spaces: z.strictObject({ ...segmentationFields, classes: classesSchema(SPACE_CATEGORY_IDS) }),
  }),
});

export type ModelsManifest = z.infer<typeof modelsManifestSchema>;
export type NetworkSettings = ModelsManifest['networks'];
export type Normalisation = z.infer<typeof normalisationSchema>;
export type SegmentationOutput = z.infer<typeof outputSchema>;

/** Symbols that the recogniser's output may have: the vocabulary, or one more (`@`) where it is not listed. */
export function symbolCounts(vocabulary: string | readonly string[]): readonly number[] {
  const listed = [...vocabulary].length;
  return [listed, listed + 1];
}
