import { z } from 'zod';

/** The faults that have a rate, in the order in which they share the interval from 0 to 1. */
export const FAULT_KINDS = [
  'rateLimit',
  'rateLimitBare',
  'serverError',
  'cutConnection',
  'truncatedJson',
  'refusal',
  'wrongSchema',
  'malformedJson',
  'notJson',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

const rate = z.number().min(0).max(1).default(0);
const milliseconds = z.number().nonnegative();

const latencySchema = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('fixed'), median: milliseconds }),
  z.strictObject({
    distribution: z.literal('lognormal'),
    median: milliseconds,
    /** Standard deviation of the logarithm: 0.5 puts 95 % between 0.38 and 2.7 times the median. */
    sigma: z.number().nonnegative().max(5).default(0.5),
  }),
  z
    .strictObject({ distribution: z.literal('uniform'), min: milliseconds, max: milliseconds })
    .refine(({ min, max }) => min <= max, 'min is above max'),
]);

/** What goes wrong, and how often. Every rate is the probability (0–1) that a request meets that fault. */
export const faultsSchema = z
  .strictObject({
    /** Time until an answer starts, in ms. */
    latencyMs: latencySchema.default({ distribution: 'fixed', median: 0 }),
    /** 429 that says how long to wait. */
    rateLimit: rate,
    /** What that 429 says, in seconds. */
    retryAfterSeconds: z.number().nonnegative().default(1),
    /** 429 without a hint. */
    rateLimitBare: rate,
    /** 500 */
    serverError: rate,
    /** The connection ends before the headers or in the middle of the body. */
    cutConnection: rate,
    /** The label ends in the middle. */
    truncatedJson: rate,
    /** The teacher declines. */
    refusal: rate,
    /** JSON in which required keys are missing. */
    wrongSchema: rate,
    /** The label in a fence, with a trailing comma or with single quotes: repairable. */
    malformedJson: rate,
    /** Prose. */
    notJson: rate,
    /** What happens to batches; the rates share the interval from 0 to 1. */
    batch: z
      .strictObject({
        /** Time until a batch is worked off, in ms. */
        pendingMs: milliseconds.default(0),
        /** The batch stays pending until it is cancelled. */
        stuck: rate,
        /** The batch is refused as a whole. */
        fail: rate,
        /** The batch expires when half of its requests are done. */
        expire: rate,
      })
      .prefault({}),
    /** Real limits per model; null: none. */
    requestsPerMinute: z.number().positive().nullable().default(null),
    tokensPerMinute: z.number().positive().nullable().default(null),
    /** From the attempt after that many on a request meets no fault, so that a run always ends; null: no bound. */
    maxFaultsPerRequest: z.int().nonnegative().nullable().default(2),
    /** Items whose image name contains one of these always fail with 500. */
    failAlways: z.array(z.string().min(1)).default([]),
  })
  .refine((faults) => FAULT_KINDS.reduce((sum, kind) => sum + faults[kind], 0) <= 1 + 1e-9, {
    message: 'the rates of the faults add up to more than 1',
  });

export type Faults = z.infer<typeof faultsSchema>;
/** Every field may be left out. */
export type FaultsInput = z.input<typeof faultsSchema>;
