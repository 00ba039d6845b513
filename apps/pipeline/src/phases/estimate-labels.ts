import type { PromptPack } from '@arae/floorplan';
import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import { costOf, isSettled, requestKey } from '@arae/labelers';
import type { LabelJournal, PriceBook, Teacher } from '@arae/labelers';
import { formatDuration } from '@arae/progress';
import type { RunContext } from '../run-context.ts';
import { expectLabels } from './label-expectations.ts';
import type { LabelExpectations, Range } from './label-expectations.ts';
import { loadLabelItem } from './load-label-item.ts';
import { isSimulatorEndpoint } from './simulator-endpoint.ts';

/** Prompts that are counted; the rest is taken to be like them. */
const COUNTED_PROMPTS = 20;

export interface LabelEstimate {
  teacher: string;
  model: string;
  /** Items that the journal does not settle. */
  toAsk: number;
  alreadyAnswered: number;
  /** Of all that is to ask, in the middle case. */
  inputTokens: number;
  outputTokens: number;
  /** USD, in the middle case; null when the price book has no price for the model. */
  costUsd: number | null;
  /** USD that nine in ten runs stay below. */
  costP90Usd: number | null;
  /** The same two asked in batches. */
  batchUsd: number | null;
  batchP90Usd: number | null;
  durationMs: Range;
  /** USD that a rented GPU costs while it waits for the answers; null when the price book has no price for it. */
  gpuWaitingUsd: Range | null;
  /** Answers that the figures are taken from; 0: they are what is known of such labels in general. */
  sample: number;
  /** Tokens are counted by another vendor's tokenizer. */
  isForeignTokenizer: boolean;
  priceBookDate: string;
}

export interface EstimateContext {
  teacher: Teacher;
  pack: PromptPack;
  prices: PriceBook;
  context: Pick<RunContext, 'folder' | 'retryFailed' | 'config'>;
}

/**
 * What labelling will cost and take, before it starts: from the answers that the teacher has given already, if there are a handful,
 * else from the tokens of real prompts, evenly taken from the items, and a usual length of answers. Prompts are counted in o200k
 * tokens, which for other vendors' models is an estimate of an estimate.
 */
export async function estimateLabels(
  { teacher, pack, prices, context }: EstimateContext,
  journal: Pick<LabelJournal, 'stateOf' | 'answers'> | null,
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
  const { labeling } = context.config;
  const isForeignTokenizer = !/^(?:gpt|o\d|chatgpt)/.test(teacher.model);
  const expected = expectLabels(answersOf(teacher, journal), {
    countedInputTokens: counted === 0 ? 0 : countedTokens / counted,
    isForeignTokenizer,
    thinks: teacher.identity['provider'] === 'gemini',
    verify: labeling.verify,
  });
  const toAsk = stems.length - alreadyAnswered;
  const cost = (at: keyof Range, tier: 'live' | 'batch') =>
    teacher.isPaid ? costOf(usageOf(toAsk, expected, at), teacher.model, prices, tier) : 0;
  const duration = (at: keyof Range) =>
    (toAsk * expected.answersPerItem[at] * expected.latencyMs[at]) / labeling.concurrency;
  const durationMs = { p50: duration('p50'), p90: duration('p90') };
  const { inputTokens, outputTokens } = usageOf(toAsk, expected, 'p50');
  return {
    teacher: teacher.name,
    model: teacher.model,
    toAsk,
    alreadyAnswered,
    inputTokens,
    outputTokens,
    costUsd: cost('p50', 'live'),
    costP90Usd: cost('p90', 'live'),
    batchUsd: cost('p50', 'batch'),
    batchP90Usd: cost('p90', 'batch'),
    durationMs,
    gpuWaitingUsd: waitingUsd(durationMs, prices),
    sample: expected.sample,
    isForeignTokenizer,
    priceBookDate: prices.date,
  };
}

/** What the teacher's present model has answered to the same endpoint. */
function answersOf(teacher: Teacher, journal: Pick<LabelJournal, 'answers'> | null) {
  return [...(journal?.answers() ?? [])].filter(
    ({ model, endpoint }) => model.startsWith(teacher.model) && !isSimulatorEndpoint(endpoint),
  );
}

function usageOf(items: number, expected: LabelExpectations, at: keyof Range) {
  const answers = items * expected.answersPerItem[at];
  return {
    inputTokens: Math.round(answers * expected.inputTokensPerAnswer[at]),
    cachedInputTokens: 0,
    outputTokens: Math.round(answers * expected.outputTokensPerAnswer[at]),
  };
}

function waitingUsd({ p50, p90 }: Range, { gpu }: PriceBook): Range | null {
  if (gpu === undefined) return null;
  const perMs = gpu.usdPerHour / 3_600_000;
  return { p50: p50 * perMs, p90: p90 * perMs };
}

/** The estimate in one line. */
export function describeEstimate(estimate: LabelEstimate): string {
  const { teacher, model, toAsk, alreadyAnswered, costUsd, costP90Usd, batchUsd, durationMs } = estimate;
  const cost =
    costUsd === null || costP90Usd === null
      ? 'no price known'
      : `about USD ${usd(costUsd)}, nine times in ten under ${usd(costP90Usd)}${batchUsd === null || batchUsd === 0 ? '' : ` (in batches about ${usd(batchUsd)})`}`;
  const time = `about ${formatDuration(durationMs.p50)}, nine times in ten under ${formatDuration(durationMs.p90)}`;
  return (
    `${teacher}: ${toAsk} to ask (${alreadyAnswered} answered already), model ${model}: ${cost}; ${time} ` +
    `(estimate from ${sourceOf(estimate)}: ${millions(estimate.inputTokens)} M tokens in, ${millions(estimate.outputTokens)} M out, prices of ${estimate.priceBookDate})`
  );
}

/** What a rented GPU would cost while the slowest of the teachers answers; null when nothing is known of it. */
export function describeGpuWaiting(estimates: readonly LabelEstimate[], { gpu }: PriceBook): string | null {
  const waits = estimates.flatMap(({ gpuWaitingUsd }) => gpuWaitingUsd ?? []);
  if (gpu === undefined || waits.length === 0) return null;
  const longest = waits.reduce((most, wait) => (wait.p50 > most.p50 ? wait : most));
  return `a rented ${gpu.name} (USD ${gpu.usdPerHour} an hour) would cost USD ${usd(longest.p50)} to ${usd(longest.p90)} while it waits for phase 3: run that phase elsewhere`;
}

function sourceOf({ sample, isForeignTokenizer }: LabelEstimate): string {
  if (sample > 0) return `${sample} answers`;
  return isForeignTokenizer ? 'prompts counted by another tokenizer' : 'counted prompts';
}

function usd(amount: number): string {
  return amount.toFixed(2);
}

function millions(tokens: number): string {
  return (tokens / 1_000_000).toFixed(2);
}
