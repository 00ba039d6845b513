import { readTextFile } from '@arae/progress';
import { z } from 'zod';

const callSchema = z.strictObject({
  /** {@link promptHash} of the prompt that was answered; a label belongs to this prompt only. */
  promptHash: z.string(),
  /** The model that answered. */
  model: z.string(),
  /** The bundled simulator stood in for the teacher. */
  isSimulated: z.boolean(),
  /** Answers that were paid for. */
  answers: z.int().nonnegative(),
  isLabelled: z.boolean(),
  /** The accepted answer needed a repair of its JSON. */
  isRepaired: z.boolean(),
  /** The last answer was JSON as it came. */
  isJson: z.boolean(),
  /** The first answer was accepted without repair. */
  isFirstTry: z.boolean(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** What was found in the label of each round; empty without verification. */
  rounds: z.array(z.strictObject({ contradictions: z.int(), severe: z.int() })).default([]),
  /** The round whose label was taken, from 0. */
  chosenRound: z.int().nonnegative().default(0),
  /** Fields that were set from the graph, as JSON Pointers. */
  reconciled: z.array(z.string()).default([]),
  /** USD; null when the price book has no price for the model. */
  costUsd: z.number().nonnegative().nullable(),
});

const labelCallsSchema = z.strictObject({
  teacher: z.string(),
  model: z.string(),
  price_book_date: z.string(),
  items: z.record(z.string(), callSchema),
});

/** `progress/{teacher}_calls.json`: what the labels took, rebuilt from the journal by every run. */
export type LabelCalls = z.infer<typeof labelCallsSchema>;
export type LabelCall = z.infer<typeof callSchema>;

/** A million items. */
const MAX_CALLS_BYTES = 512 * 1024 ** 2;

/** Null when the file is missing or of another make: labels can come from elsewhere, then nothing is known of their making. */
export async function readLabelCalls(path: string): Promise<LabelCalls | null> {
  try {
    const calls = labelCallsSchema.parse(JSON.parse(await readTextFile(path, { maxBytes: MAX_CALLS_BYTES })));
    return { ...calls, items: byStem(calls.items) };
  } catch {
    return null;
  }
}

/** Calls by stem without a prototype, so that a drawing called `constructor` has none where there is none. */
export function byStem(items: LabelCalls['items'] = {}): LabelCalls['items'] {
  return Object.assign(Object.create(null) as LabelCalls['items'], items);
}
