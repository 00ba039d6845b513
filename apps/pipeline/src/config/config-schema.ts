import { DEFAULT_RETRY_POLICY } from '@arae/labelers';
import { z } from 'zod';
import { cvRunpodSchema } from './cv-runpod-schema.ts';
import { datasetSchema } from './dataset-schema.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { finetuneSchema } from './finetune-schema.ts';
import { ragSchema } from './rag-schema.ts';

const seed = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 32 - 1);
const share = z.number().min(0).max(1);
const path = z.string().min(1);
/** Becomes part of file names. */
const teacherName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use small letters, digits and hyphens');

const commonTeacher = {
  model: z.string().min(1),
  /** Where the provider is reached; null: its own address, or what the environment says. */
  baseURL: z.url().nullable().default(null),
  /** Name of the environment variable that holds the key. */
  apiKeyEnv: z.string().min(1),
  /** null leaves it out. */
  temperature: z.number().min(0).max(2).nullable(),
  /** Tokens, thinking included; null leaves it out. */
  maxOutputTokens: z.int().positive().nullable(),
};

const teacherSchema = z.discriminatedUnion('provider', [
  z.strictObject({
    provider: z.literal('openai'),
    ...commonTeacher,
    apiKeyEnv: commonTeacher.apiKeyEnv.default('OPENAI_API_KEY'),
    temperature: commonTeacher.temperature.default(0.1),
    maxOutputTokens: commonTeacher.maxOutputTokens.default(8192),
    /** `none`, `low`, `medium` …; null leaves it out. */
    reasoningEffort: z.string().nullable().default(null),
  }),
  z.strictObject({
    provider: z.literal('gemini'),
    ...commonTeacher,
    apiKeyEnv: commonTeacher.apiKeyEnv.default('GEMINI_API_KEY'),
    temperature: commonTeacher.temperature.default(null),
    maxOutputTokens: commonTeacher.maxOutputTokens.default(16384),
    /** `LOW`, `MEDIUM`, `HIGH`; null leaves it out. */
    thinkingLevel: z.string().nullable().default('LOW'),
    /** `v1`, `v1beta`; null: `v1`. */
    apiVersion: z.string().nullable().default(null),
  }),
  z.strictObject({
    provider: z.literal('openai-compatible'),
    ...commonTeacher,
    /** Of the server, up to `/v1` where it has that: vLLM, OpenRouter, an Azure deployment. */
    baseURL: z.url(),
    /** null: the server wants no key. */
    apiKeyEnv: commonTeacher.apiKeyEnv.nullable().default(null),
    /** Header of the key; null: `Authorization: Bearer`. Azure: `api-key`. */
    keyHeader: z.string().min(1).nullable().default(null),
    /** Parameters of the address, for instance `{"api-version": "2024-10-21"}`. */
    query: z.record(z.string(), z.string()).nullable().default(null),
    temperature: commonTeacher.temperature.default(0),
    maxOutputTokens: commonTeacher.maxOutputTokens.default(8192),
    outputLimitName: z.enum(['max_completion_tokens', 'max_tokens']).default('max_tokens'),
    reasoningEffort: z.string().nullable().default(null),
    /** How JSON is asked for; `none`: by the prompt alone. */
    responseFormat: z.enum(['json_schema', 'json_object', 'none']).default('json_schema'),
    /** Further fields of the body, for instance `{"chat_template_kwargs": {"enable_thinking": false}}`. */
    extraBody: z.record(z.string(), z.json()).nullable().default(null),
    /** Paid by the token: then the price book must have the model. */
    isPaid: z.boolean().default(true),
  }),
  z.strictObject({ provider: z.literal('rule-based') }),
]);

export type TeacherConfig = z.infer<typeof teacherSchema>;

const DEFAULT_TEACHERS = {
  openai: { provider: 'openai', model: 'gpt-4o' },
  gemini: { provider: 'gemini', model: 'gemini-3.1-pro-preview' },
  'rule-based': { provider: 'rule-based' },
};

/** Teachers that are named in a file are laid over the defaults of the same name, so one setting can be changed alone. */
function withDefaultTeachers(value: unknown): unknown {
  if (value === undefined) return DEFAULT_TEACHERS;
  if (value === null || typeof value !== 'object') return value;
  const merged: Record<string, unknown> = { ...DEFAULT_TEACHERS };
  for (const [name, teacher] of Object.entries(value as Record<string, unknown>)) {
    const base = Object.hasOwn(DEFAULT_TEACHERS, name)
      ? DEFAULT_TEACHERS[name as keyof typeof DEFAULT_TEACHERS]
      : undefined;
    merged[name] =
      base !== undefined && teacher !== null && typeof teacher === 'object'
        ? { ...base, ...teacher }
        : teacher;
  }
  return merged;
}

/** Everything that can be set, with its default. */
export const pipelineConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  /** The data folder. */
  data: path.default('training_data'),
  /** Folder of the drawings. */
  images: path.nullable().default(null),
  /** Share of failed items up to which a phase still ends well. */
  maxFailedShare: share.default(0.02),
  sampling: z
    .strictObject({
      sampleSize: z.int().positive().default(2000),
      seed: seed.default(42),
      /** `auto`, `none`, or a regular expression whose capture groups make the stratum. */
      stratify: z.string().min(1).default('auto'),
      /** `tukey`, `none`, or the smallest and largest size in bytes. */
      sizeFences: z
        .union([
          z.enum(['tukey', 'none']),
          z.strictObject({ min: z.int().nonnegative().default(0), max: z.int().positive().optional() }),
        ])
        .default('tukey'),
    })
    .prefault({}),
  topology: z
    .strictObject({
      /** Folder of ready graphs, as `{stem}/topology_graph.json` or `{stem}.json`. */
      importDir: path.nullable().default(null),
    })
    .prefault({}),
  cv: z
    .strictObject({
      /** Where the networks run: on this machine, or on ARAE's worker at RunPod, see `cv.runpod`. */
      engine: z.enum(['local', 'runpod-serverless']).default('local'),
      runpod: cvRunpodSchema,
      /** The manifest of the networks (`models.json`) that phase 1 runs over the drawings; null: the bundled compact ones. */
      models: path.nullable().default(null),
      /** What runs them; `auto` takes the first that can be loaded and says which. */
      provider: z.enum(['cpu', 'cuda', 'webgpu', 'dml', 'auto']).default('auto'),
      /** Drawings that a GPU works on at the same time, each with memory of its own: 1 for 24 GB, 2 for 48 GB. */
      batchSize: z.int().min(1).max(16).default(1),
      /** Texts of a drawing that are recognised together. */
      textBatchSize: z.int().min(1).max(1024).default(16),
      /** On a GPU: drawings after which its memory is given back. */
      releaseEvery: z.int().positive().default(50),
      /** Threads that run networks on the CPU, each with a copy of them; null: as cores and memory allow. */
      lanes: z.int().min(1).max(64).nullable().default(null),
      /** Threads for everything but the networks; null: half the cores. */
      workers: z.int().min(1).max(64).nullable().default(null),
      /** Drawings under way, about 0.4 GB each; null: as workers and memory allow. */
      inFlight: z.int().min(1).max(256).nullable().default(null),
      /** Drawings of more pixels fail. */
      maxPixels: z.int().positive().default(200_000_000),
      /** Rules for what texts really say, applied first; null: none. */
      textRulesPath: path.nullable().default(null),
      /** How detections are read: as ARAE's service does, or with its known mistakes mended. */
      rules: z.enum(['service', 'fixed']).default('service'),
      /** Draw `overlay.svg` for every drawing. */
      overlay: z.boolean().default(false),
    })
    .prefault({}),
  rag: ragSchema,
  prompt: z
    .strictObject({
      /** Folder of a prompt pack; null: the bundled one. */
      packDir: path.nullable().default(null),
    })
    .prefault({}),
  labeling: z
    .strictObject({
      /** Requests to one teacher at the same time. */
      concurrency: z.int().min(1).max(1000).default(5),
      /** Milliseconds for one request. Node itself gives up after 300,000 without an answer's headers. */
      requestTimeoutMs: z.int().positive().default(240_000),
      retry: z
        .strictObject({
          faultDelaysMs: z.array(z.int().nonnegative()).default([...DEFAULT_RETRY_POLICY.faultDelaysMs]),
          jitter: share.default(DEFAULT_RETRY_POLICY.jitter),
          rateLimitPauseMs: z.int().nonnegative().default(DEFAULT_RETRY_POLICY.rateLimitPauseMs),
          maxRateLimits: z.int().nonnegative().default(DEFAULT_RETRY_POLICY.maxRateLimits),
          maxAnswers: z.int().positive().default(DEFAULT_RETRY_POLICY.maxAnswers),
          maxItemMs: z.int().positive().default(DEFAULT_RETRY_POLICY.maxItemMs),
        })
        .prefault({}),
      /** `live`, or `batch`: half the price, answered within a day. */
      mode: z.enum(['live', 'batch']).default('live'),
      /** What is done with the rest that batches did not bring: ask it live, or give it up. */
      batchFallback: z.enum(['live', 'none']).default('none'),
      /** Milliseconds between two looks at a batch. */
      batchPollMs: z.int().positive().default(60_000),
      /** Milliseconds after which a batch that has not ended is cancelled. */
      batchMaxMs: z
        .int()
        .positive()
        .default(26 * 3_600_000),
      /** USD that all labels of the data folder may cost together, earlier runs included; null: no cap. */
      maxCostUsd: z.number().positive().nullable().default(null),
      /** How often a label that its graph denies is sent back, with what is wrong. */
      verify: z.int().min(0).max(5).default(0),
      /** Set the fields that the graph decides (image name, structure type, counts, ratios) from the graph. */
      reconcile: z.boolean().default(false),
      /** Prices in USD; null: the bundled ones. */
      priceBookPath: path.nullable().default(null),
      teachers: z.preprocess(withDefaultTeachers, z.record(teacherName, teacherSchema)),
    })
    .prefault({ teachers: undefined }),
  simulator: z
    .strictObject({
      seed: seed.default(1),
      /** Share of labels with a mistake. */
      mistakes: share.default(0.1),
      /** File with faults to inject. */
      faultsPath: path.nullable().default(null),
    })
    .prefault({}),
  comparison: z
    .strictObject({
      /** Teachers that are compared. */
      teachers: z.array(teacherName).min(1).default(['openai', 'gemini']),
      sampleSize: z.int().positive().default(100),
      seed: seed.default(42),
      /** Totals that differ by no more than this count as equal. */
      threshold: share.default(0.05),
      minSchemaCompliance: share.default(0.95),
      /** What the totals are made of: `plan`, the eight metrics; `grounded`, half of it what the graph says of the labels. */
      weights: z.enum(['plan', 'grounded']).default('plan'),
    })
    .prefault({}),
  dataset: datasetSchema,
  finetune: finetuneSchema,
  evaluation: evaluationSchema,
});

export type PipelineConfig = z.infer<typeof pipelineConfigSchema>;
