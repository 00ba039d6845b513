import { z } from 'zod';

/** `evaluate`: which served model is asked, and what it has to reach. */
export const evaluationSchema = z
  .strictObject({
    /** Of the OpenAI-compatible server, up to `/v1`. */
    baseURL: z.url().nullable().default(null),
    /** The name under which the student is served. */
    model: z.string().min(1).nullable().default(null),
    /** The untuned model on the same server, asked the same; null: it is not asked. */
    baseModel: z.string().min(1).nullable().default(null),
    /** Name of the environment variable that holds the server's key; null: the server wants none. */
    apiKeyEnv: z.string().min(1).nullable().default(null),
    /** Whether the server holds the answers to the schema (`response_format`): `both` asks every question twice. */
    structured: z.enum(['on', 'off', 'both']).default('both'),
    /** Questions asked at the same time. */
    concurrency: z.int().min(1).max(1000).default(5),
    /** Milliseconds for one answer. Node itself gives up after 300,000 without an answer's headers. */
    requestTimeoutMs: z.int().positive().default(280_000),
    /** Share of the answers that must be analyses as they come, in every way of asking the student. */
    minSchemaCompliance: z.number().min(0).max(1).default(0.95),
    /** Rows that the report shows side by side. */
    samples: z.int().nonnegative().default(10),
    /** Of the choice of these rows. */
    seed: z
      .int()
      .min(-(2 ** 31))
      .max(2 ** 32 - 1)
      .default(42),
  })
  .prefault({});

export type EvaluationConfig = z.infer<typeof evaluationSchema>;
