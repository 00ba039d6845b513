import type { PromptPack } from '@arae/floorplan';
import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import { costOf, isSettled, requestKey } from '@arae/labelers';
import type { LabelJournal, PriceBook, Teacher } from '@arae/labelers';
import type { RunContext } from '../run-context.ts';
import { loadLabelItem } from './load-label-item.ts';

/** Prompts that are counted; the rest is taken to be like them. */
const COUNTED_PROMPTS = 20;
/** Measured on real labels: 1,500–3,000 tokens. Thinking comes on top. */
const ANSWER_TOKENS = 2500;
const THINKING_TOKENS = 1000;

export interface LabelEstimate {
  teacher: string;
  model: string;
  /** Items that the journal does not settle. */
  toAsk: number;
  alreadyAnswered: number;
  inputTokens: number;
  outputTokens: number;
  /** USD; null when the price book has no price for the model. */
  costUsd: number | null;
  priceBookDate: string;
}

export interface EstimateContext {
  teacher: Teacher;
  pack: PromptPack;
  prices: PriceBook;
  context: Pick<RunContext, 'folder' | 'retryFailed'>;
}

/**
 * What labelling will cost, before it starts: tokens of real prompts, evenly taken from the items, and a measured length of
 * answers. Counted in o200k tokens, which for other vendors' models is an estimate of an estimate.
 */
export async function estimateLabels(
  { teacher, pack, prices, context }: EstimateContext,
  journal: Pick<LabelJournal, 'stateOf'> | null,
  stems: readonly string[],
): Promise<LabelEstimate> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const schemaTokens = countTokens(JSON.stringify(floorPlanAnalysisJsonSchema()));
  let alreadyAnswered = 0;
  let counted = 0;
  let countedTokens = 0;
  const step = Math.max(1, Math.floor(stems.length / COUNTED_PROMPTS));
  for (const [index, stem] of stems.entries()) {
    const isCounted = index % step === 0;
    if (journal === null && !isCounted) continue;
    // An item that cannot be read fails when its turn comes; it says nothing about the cost.
    const item = await loadLabelItem(stem, context.folder, pack).catch(() => null);
    if (item === null) continue;
    const { prompt } = item;
    if (isSettled(journal?.stateOf(requestKey(teacher, prompt)), context.retryFailed)) alreadyAnswered++;
    if (!isCounted) continue;
    counted++;
    countedTokens += countTokens(prompt.system) + countTokens(prompt.user) + schemaTokens;
  }
  const toAsk = stems.length - alreadyAnswered;
  const inputTokens = counted === 0 ? 0 : Math.round((countedTokens / counted) * toAsk);
  const thinks = teacher.identity['provider'] === 'gemini';
  const outputTokens = toAsk * (ANSWER_TOKENS + (thinks ? THINKING_TOKENS : 0));
  const usage = { inputTokens, cachedInputTokens: 0, outputTokens, thinkingTokens: 0 };
  return {
    teacher: teacher.name,
    model: teacher.model,
    toAsk,
    alreadyAnswered,
    inputTokens,
    outputTokens,
    costUsd: teacher.isPaid ? costOf(usage, teacher.model, prices) : 0,
    priceBookDate: prices.date,
  };
}

export function describeEstimate(estimate: LabelEstimate): string {
  const { teacher, model, toAsk, alreadyAnswered, inputTokens, outputTokens, costUsd, priceBookDate } =
    estimate;
  const cost = costUsd === null ? 'no price known' : `about USD ${costUsd.toFixed(2)}`;
  return (
    `${teacher}: ${toAsk} to ask (${alreadyAnswered} answered already), model ${model}: ${cost} ` +
    `(estimate: ${millions(inputTokens)} M tokens in, ${millions(outputTokens)} M out, prices of ${priceBookDate})`
  );
}

function millions(tokens: number): string {
  return (tokens / 1_000_000).toFixed(2);
}
