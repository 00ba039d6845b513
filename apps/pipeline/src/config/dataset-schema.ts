import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Phase 5: which rows are taken, how long they may be, and how they are split. */
export const datasetSchema = z
  .strictObject({
    seed: z
      .int()
      .min(-(2 ** 31))
      .max(2 ** 32 - 1)
      .default(42),
    valRatio: z.number().min(0).lt(1).default(0.1),
    testRatio: z.number().min(0).lt(1).default(0),
    /** `group`: equal and nearly equal rows stay on one side; `random`: every row for itself. */
    split: z.enum(['group', 'random']).default('group'),
    /** Share of their text from which two rows count as nearly equal. */
    nearDuplicate: share.default(0.8),
    /** Folder with the `tokenizer.json` of a Qwen3; null: lengths are estimated. */
    tokenizerDir: z.string().min(1).nullable().default(null),
    /** Tokens that a row may have; null: the smallest of 4096, 6144, 8192, 12288 that holds all but `maxOverLengthShare`. */
    maxSeqLength: z.int().positive().nullable().default(null),
    /** Rows that are longer: `limit` drops them up to `maxOverLengthShare` of all and stops above that; `drop`; `keep`. */
    overLength: z.enum(['limit', 'drop', 'keep']).default('limit'),
    maxOverLengthShare: share.default(0.005),
    /** Severe contradictions with its graph that a row may have; null: any number. */
    maxContradictions: z.int().nonnegative().nullable().default(0),
  })
  .prefault({});

export type DatasetConfig = z.infer<typeof datasetSchema>;
