import { z } from 'zod';
import { subjectReportSchema } from './subject-report.ts';

/** What the graph denies in an analysis; null without an analysis or a graph. */
const denialSchema = z.object({ severe: z.int(), minor: z.int() }).nullable();

/** A row with what was said about it. */
const sampleSchema = z.object({
  line: z.int(),
  stem: z.string().nullable(),
  teacher: z.string(),
  /** Of the models that were asked here, in the order of `subjects`; null where no answer came. */
  answers: z.array(z.string().nullable()),
  against_graph: z.object({ teacher: denialSchema, answers: z.array(denialSchema) }),
});

/** `evaluation_report.json`. */
export const evaluationReportSchema = z.object({
  format: z.literal('arae-evaluation/1'),
  /** Of the last answer; ISO time. */
  at: z.string(),
  server: z.string(),
  rows: z.object({
    file: z.enum(['val.jsonl', 'test.jsonl']),
    /** Of the whole file. */
    sha256: z.string(),
    in_file: z.int(),
    evaluated: z.int(),
    /** The training chose its best step by these rows too. */
    seen_by_training: z.boolean(),
    /** Lines whose drawing could not be found, so that no graph could be asked. */
    without_graph: z.array(z.int()),
  }),
  prompt_pack: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
  call: z.object({
    temperature: z.number(),
    max_tokens: z.number(),
    enable_thinking: z.boolean(),
    concurrency: z.int(),
  }),
  gate: z.object({ min_schema_compliance: z.number(), passed: z.boolean(), missed_by: z.array(z.string()) }),
  signatures: z.object({ chrf2: z.string(), bleu: z.string(), rouge_l: z.string() }),
  /** The teacher first, then the student, then the base model. */
  subjects: z.array(subjectReportSchema),
  /** Where the base model's figures come from when they were not measured here. */
  base_report: z.object({ file: z.string(), same_rows: z.boolean() }).nullable(),
  samples: z.object({ seed: z.int(), rows: z.array(sampleSchema) }),
});

export type EvaluationReport = z.infer<typeof evaluationReportSchema>;
export type GraphDenial = z.infer<typeof denialSchema>;
export type EvaluationSample = z.infer<typeof sampleSchema>;
