import type { AnswerRecord } from '@arae/labelers';

/** A middle and a careful figure: half of the cases lie below the one, nine in ten below the other. */
export interface Range {
  p50: number;
  p90: number;
}

/** What to expect of one item. */
export interface LabelExpectations {
  /** Answers that the figures are taken from; 0: they are what is known of such labels in general. */
  sample: number;
  inputTokensPerAnswer: Range;
  outputTokensPerAnswer: Range;
  answersPerItem: Range;
  latencyMs: Range;
}

export interface ExpectationOptions {
  /** Tokens of a prompt with its schema, by our tokenizer. */
  countedInputTokens: number;
  /** Our tokenizer is not the model's. */
  isForeignTokenizer: boolean;
  thinks: boolean;
  /** How often a label is sent back at most. */
  verify: number;
}

/** Fewer answers than these say little. */
const MIN_SAMPLE = 5;
/** Measured on real labels: 1,500–3,000 tokens; thinking comes on top. */
const ANSWER_TOKENS: Range = { p50: 2500, p90: 3000 };
const THINKING_TOKENS: Range = { p50: 1000, p90: 2500 };
/** Other vendors' tokenizers make up to a quarter more of Korean texts. */
const FOREIGN_TOKENIZER: Range = { p50: 1, p90: 1.25 };
const ANSWERS_PER_ITEM: Range = { p50: 1.02, p90: 1.1 };
/** Share of labels that a round of verification sends back. */
const SENT_BACK: Range = { p50: 0.4, p90: 0.8 };
const LATENCY_MS: Range = { p50: 20_000, p90: 40_000 };
/** Standard deviations of a normal distribution below which nine in ten lie. */
const Z90 = 1.2816;

/**
 * What an item will take, from the answers that a teacher has given already, if there are a handful, else from what is known of
 * such labels. The P90 of a mean grows with the spread of the answers and shrinks with their number.
 */
export function expectLabels(
  answers: readonly Pick<AnswerRecord, 'id' | 'usage' | 'latencyMs' | 'tier'>[],
  { countedInputTokens, isForeignTokenizer, thinks, verify }: ExpectationOptions,
): LabelExpectations {
  if (answers.length < MIN_SAMPLE) {
    const none: Range = { p50: 0, p90: 0 };
    return {
      sample: 0,
      inputTokensPerAnswer: times(countedInputTokens, isForeignTokenizer ? FOREIGN_TOKENIZER : ONE),
      outputTokensPerAnswer: plus(ANSWER_TOKENS, thinks ? THINKING_TOKENS : none),
      answersPerItem: plus(ANSWERS_PER_ITEM, times(verify, SENT_BACK)),
      latencyMs: LATENCY_MS,
    };
  }
  // Answers of batches come when the batch ends.
  const latencies = answers.filter(({ tier }) => tier !== 'batch').map(({ latencyMs }) => latencyMs);
  const items = new Set(answers.map(({ id }) => id)).size;
  const perItem = answers.length / items;
  return {
    sample: answers.length,
    inputTokensPerAnswer: meanOf(answers.map(({ usage }) => usage.inputTokens)),
    outputTokensPerAnswer: meanOf(answers.map(({ usage }) => usage.outputTokens)),
    answersPerItem: { p50: perItem, p90: Math.max(perItem, perItem * (1 + 1 / Math.sqrt(items))) },
    latencyMs: latencies.length < MIN_SAMPLE ? LATENCY_MS : meanOf(latencies),
  };
}

const ONE: Range = { p50: 1, p90: 1 };

/** The mean of what is to come: as the sample's, and with what the sample leaves open. */
function meanOf(values: readonly number[]): Range {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { p50: mean, p90: mean + Z90 * Math.sqrt(variance / values.length) };
}

function times(factor: number, { p50, p90 }: Range): Range {
  return { p50: factor * p50, p90: factor * p90 };
}

function plus(a: Range, b: Range): Range {
  return { p50: a.p50 + b.p50, p90: a.p90 + b.p90 };
}
