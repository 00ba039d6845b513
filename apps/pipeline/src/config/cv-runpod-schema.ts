import { z } from 'zod';

const name = z.string().min(1);
const WEEK_MS = 7 * 24 * 3_600_000;

/** Phase 1 on ARAE's serverless worker at RunPod. */
export const cvRunpodSchema = z
  .strictObject({
    /** The endpoint; null: what the environment variable RUNPOD_ENDPOINT_ID says. */
    endpointId: name.nullable().default(null),
    /** Name of the environment variable that holds RunPod's key. */
    apiKeyEnv: name.default('RUNPOD_API_KEY'),
    /** Where the queue is reached; null: RunPod. */
    baseURL: z.url().nullable().default(null),
    /** USD for a second of a worker, as RunPod's console shows it; null: cost is not told. */
    pricePerSecond: z.number().positive().nullable().default(null),
    /** Jobs in the queue and on workers at the same time. */
    inFlight: z.int().min(1).max(500).default(32),
    /** Milliseconds between two looks at a job. */
    pollMs: z.int().min(20).max(600_000).default(2000),
    /** Milliseconds on a worker after which RunPod ends a job. */
    jobTimeoutMs: z.int().min(5000).max(WEEK_MS).default(600_000),
    /** Milliseconds after which RunPod deletes a job, waiting included. */
    ttlMs: z.int().min(10_000).max(WEEK_MS).default(86_400_000),
    /** Field of a job's input that holds the picture as base64. */
    imageField: name.default('image'),
  })
  .prefault({});

export type CvRunpodConfig = z.infer<typeof cvRunpodSchema>;
