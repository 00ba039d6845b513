import { z } from 'zod';

const count = z.int().positive();

/** Phase 6: what is trained, and how. All but the first group goes to `arae-finetune` under the same names. */
export const finetuneSchema = z
  .strictObject({
    /** The program that trains, with its first arguments; null: `python/arae_finetune` of this workspace. */
    command: z.array(z.string().min(1)).min(1).nullable().default(null),
    /** Compare rows and token counts with what phase 5 says of them before anything is trained. */
    requireManifest: z.boolean().default(true),
    /** Put the adapter into the base model at the end. */
    merge: z.boolean().default(false),

    /** Name on the Hugging Face hub, or a folder. */
    baseModel: z.string().min(1).default('Qwen/Qwen3-8B'),
    /** Commit, branch or tag on the hub; null: the newest. */
    revision: z.string().min(1).nullable().default(null),
    /** `auto`: Unsloth where it can be imported, else TRL and PEFT. */
    backend: z.enum(['auto', 'unsloth', 'peft']).default('auto'),
    /** `auto`: the GPU, and none is an error; `cpu`: for trials with small models. */
    device: z.enum(['auto', 'cuda', 'cpu']).default('auto'),
    /** `4bit`: the base model in NF4 (QLoRA). */
    precision: z.enum(['4bit', '16bit']).default('4bit'),
    /** Tokens of the longest row; null: what phase 5 found. */
    maxSeqLength: count.nullable().default(null),
    loraRank: count.default(64),
    loraAlpha: count.default(128),
    loraDropout: z.number().min(0).lt(1).default(0.05),
    learningRate: z.number().positive().default(2e-4),
    epochs: z.number().positive().default(3),
    /** Rows that the card works on at the same time. */
    batchSize: count.default(2),
    /** How many times that until a step. */
    gradientAccumulation: count.default(8),
    warmupRatio: z.number().min(0).lt(1).default(0.03),
    weightDecay: z.number().nonnegative().default(0.01),
    maxGradNorm: z.number().positive().default(1),
    optimizer: z.enum(['adamw_8bit', 'adamw_torch']).default('adamw_8bit'),
    gradientCheckpointing: z.boolean().default(true),
    /** Steps between evaluations, each with a checkpoint. */
    evalSteps: count.default(100),
    loggingSteps: count.default(10),
    checkpointsKept: z.int().min(2).default(3),
    /** Evaluations without a better loss after which it ends; null: never early. */
    earlyStoppingPatience: count.nullable().default(3),
    earlyStoppingThreshold: z.number().nonnegative().default(0),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(42),
    /** Bytes to leave free on the disk beside what the training writes. */
    minFreeBytes: z
      .int()
      .nonnegative()
      .default(2 * 1024 ** 3),
  })
  .prefault({});
