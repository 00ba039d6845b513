import { z } from 'zod';

const path = z.string().min(1);
const name = z.string().min(1);

/** Phase 2: which criteria are looked up for a plan, and what embeds them. */
export const ragSchema = z
  .strictObject({
    /** The criteria document; null: the bundled one. */
    documentPath: path.nullable().default(null),
    engine: z.enum(['builtin', 'qwen3', 'openai-compatible', 'runpod-serverless']).default('builtin'),
    /** 768, or 1024 as ARAE's table holds. */
    dimensions: z.int().min(32).max(4096).default(768),
    /** qwen3: folder of the exported model, nothing is downloaded then; null: from the hub. */
    modelDir: path.nullable().default(null),
    /** Name of the model; null: Qwen3-Embedding-0.6B. */
    model: name.nullable().default(null),
    /** qwen3: commit on the hub; null: a known one of the default model. */
    revision: name.nullable().default(null),
    dtype: z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16']).default('fp32'),
    device: z.enum(['cpu', 'cuda', 'webgpu', 'dml']).default('cpu'),
    pooling: z.enum(['last_token', 'mean']).default('last_token'),
    /** qwen3: tokens of a text. */
    maxLength: z.int().min(2).max(32_768).default(512),
    /** Put before queries; null: none. */
    instruction: name.nullable().default(null),
    /** Texts embedded together. */
    batchSize: z.int().min(1).max(2048).default(8),
    /** Requests to a server at the same time. */
    concurrency: z.int().min(1).max(1000).default(5),
    /** openai-compatible: the server, with /v1. */
    baseURL: z.url().nullable().default(null),
    /** openai-compatible: ask for the dimensions; false: cut the whole vectors here. */
    sendDimensions: z.boolean().default(true),
    /** runpod-serverless: the endpoint. */
    endpointId: name.nullable().default(null),
    /** Name of the environment variable that holds the key of a server. */
    apiKeyEnv: name.default('EMBEDDINGS_API_KEY'),
    /** Chunks per plan. */
    topK: z.int().positive().default(5),
    /** Mean similarity of the chunks under which a warning is given. */
    warnBelow: z.number().min(-1).max(1).default(0.7),
  })
  .prefault({});
