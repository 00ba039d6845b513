import { z } from 'zod';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const textScores = z.object({
  /** 0–100, over all rows together. */
  chrf2: z.number(),
  bleu: z.number(),
  /** 0–1, mean over the rows. */
  rouge_l: z.number(),
});
const rowNote = z.object({ line: count, stem: z.string().nullable(), reason: z.string() });

export type TextScores = z.infer<typeof textScores>;
export type RowNote = z.infer<typeof rowNote>;

/**
 * Everything that `evaluation_report.json` says of the teacher, or of a model that was asked in one way. A later evaluation reads
 * it again (`--base-report`).
 */
export const subjectReportSchema = z.object({
  role: z.enum(['teacher', 'student', 'base']),
  /** As it was asked; null for the teacher, whose answers are in the rows. */
  model: z.string().nullable(),
  /** Models that the server named in its answers. */
  answered_by: z.array(z.string()),
  /** Whether the server held the answers to the schema; null for the teacher. */
  structured: z.boolean().nullable(),
  is_simulated: z.boolean(),
  rows: count,
  /** Rows that the server gave no answer to; they count as failed everywhere. */
  unanswered: z.array(rowNote),
  /** Answers that are no analysis. */
  rejected: z.array(rowNote),
  /** Answers cut off at the output limit, refused, mended in their punctuation, with thinking in front. */
  cut: count,
  refused: count,
  repaired: count,
  thought_aloud: count,
  /** Shares of all rows: JSON as it came; an analysis as it came; one that keeps to the strict schema too. */
  json_validity: share,
  schema_compliance: share,
  strict_compliance: share,
  /** The eight metrics over the rows whose graph is known; null when there is none. */
  metrics: z.record(z.string(), z.number()).nullable(),
  metrics_total: z.number().nullable(),
  grounding: z
    .object({
      total: z.number(),
      metrics: z.record(z.string(), z.number()),
      /** Analyses that were held against their graphs. */
      labels: count,
      without_severe: count,
      contradictions: z.object({
        severe: count,
        minor: count,
        severe_per_label: z.number(),
        minor_per_label: z.number(),
      }),
      invented_spaces: z.object({ count, labels: count }),
      grades_against_rubric: z.record(z.string(), count),
      claims: z.record(z.string(), z.object({ claims: count, denied: count })),
    })
    .nullable(),
  /** Against the teacher; null for the teacher. */
  text: z.object({ prose: textScores, answer: textScores }).nullable(),
  agreement: z
    .object({ mean: share, fields: z.record(z.string(), z.object({ equal: count, of: count })) })
    .nullable(),
  /** Null for the teacher, and without answers. */
  speed: z
    .object({
      latency_ms: z.object({ p50: z.number(), p90: z.number(), max: z.number() }),
      /** Null where the server does not count tokens. */
      input_tokens: z.number().nullable(),
      output_tokens: z.number().nullable(),
      /** Of one answer (median), and of all that ran at the same time. */
      tokens_per_second: z.object({ per_answer: z.number(), together: z.number() }).nullable(),
    })
    .nullable(),
});

export type SubjectReport = z.infer<typeof subjectReportSchema>;
