import type { BatchRequest } from './batch-client.ts';
import { planBatches } from './plan-batches.ts';
import { BudgetReachedError } from '../budget/budget.ts';
import { worstCaseOf } from '../budget/worst-case.ts';
import { TeacherUnavailableError } from '../errors/teacher-errors.ts';
import { requestKey } from '../teachers/request-key.ts';
import type { BatchOptions } from './batch-options.ts';
import { badAnswersTo, followUpOf, rejectionOf } from '../scheduling/ask-question.ts';
import { isoNow } from '../journal/iso-now.ts';
import { endpointOf } from '../teachers/endpoint-of.ts';
import { labelItems, unreadable } from '../scheduling/label-items.ts';
import type { LabelItemsOptions } from '../scheduling/label-items.ts';
import { nextStepOf } from '../scheduling/label-item.ts';
import type { LabelOutcome } from '../scheduling/label-item.ts';
import { runBatch } from './run-batch.ts';

export interface LabelInBatchesOptions extends LabelItemsOptions, BatchOptions {
  /** What is done with the rest that batches did not bring: ask it live, or give it up. */
  fallback: 'live' | 'none';
  /** Makes the names of batches. */
  newName: () => string;
}

/** How often a question goes into a batch, before the rest is asked live or given up. */
const MAX_SENT = 3;

/**
 * Labels items by the provider's batches, at their lower price. Rounds follow each other: what the journal does not settle goes
 * into batches, their results into the journal, and what has to be asked again (bad answers, expired requests, labels that their
 * graphs deny) into the next round. Batches of an earlier run that have not ended are fetched first.
 *
 * @throws as {@link labelItems}; when stopped, batches that were sent go on at the provider and are fetched by the next run
 */
export async function labelInBatches(options: LabelInBatchesOptions): Promise<void> {
  const { teacher, budget, stop, batches } = options;
  await fetchOpenBatches(options);
  const ended = new Set<string>();
  const sent = new Map<string, number>();
  for (;;) {
    stop.throwIfAborted();
    const { requests, worst } = await collectRequests(options, ended, sent);
    if (requests.length === 0) break;
    if (requests.every(({ key }) => (sent.get(key) ?? 0) >= MAX_SENT)) {
      await finishRest(options, ended, requests);
      return;
    }
    const open = requests.filter(({ key }) => (sent.get(key) ?? 0) < MAX_SENT);
    const affordable = affordableOf(open, worst, options);
    for (const { key } of affordable) sent.set(key, (sent.get(key) ?? 0) + 1);
    let refusals = 0;
    const plans = planBatches(affordable, batches);
    const results = await Promise.allSettled(
      plans.map(async (plan) => {
        const worstUsd = plan.reduce((sum, { key }) => sum + (worst.get(key) ?? 0), 0);
        const reservation = (await budget?.reserve(worstUsd, stop)) ?? null;
        const note = {
          name: options.newName(),
          questions: plan.map(({ key, item, followUp }) => ({
            key,
            id: item.id,
            round: followUp.turns.length / 2,
          })),
          at: isoNow(options.clock),
          batchId: null,
          worstUsd,
          endpoint: endpointOf(teacher).endpoint,
        };
        const { refusal } = await runBatch(note, plan, reservation, options);
        if (refusal !== null) refusals++;
        if (refusal !== null && options.fallback === 'none') {
          throw new TeacherUnavailableError(
            `${teacher.name}: the provider refused a batch (${refusal}): mend that, or ask live with --mode live or --batch-fallback live`,
          );
        }
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    // A provider that refuses all of them will refuse them again.
    if (refusals === plans.length) {
      for (const { key } of affordable) sent.set(key, MAX_SENT);
    }
  }
}

/**
 * Waits for the batches of earlier runs that have not ended and puts their results into the journal: they are paid, however the
 * rest is asked.
 */
export async function fetchOpenBatches(options: BatchOptions): Promise<void> {
  const { journal, teacher, budget } = options;
  const mine = journal.openBatches().filter(({ endpoint }) => endpoint === endpointOf(teacher).endpoint);
  for (const note of mine) {
    // It was sent under an earlier cap: whatever the present one is, its answers are paid.
    await runBatch(note, [], budget?.commit(note.worstUsd) ?? null, options);
  }
}

interface Collected {
  requests: BatchRequest[];
  /** USD that each may cost at most, by key. */
  worst: Map<string, number>;
}

/** Reports the items that have come to their end, and collects the questions of the others, equal ones once. */
async function collectRequests(
  options: LabelInBatchesOptions,
  ended: Set<string>,
  sent: ReadonlyMap<string, number>,
): Promise<Collected> {
  const { ids, load, journal, teacher, policy, prices, onOutcome } = options;
  const requests = new Map<string, BatchRequest>();
  const worst = new Map<string, number>();
  for (const id of ids) {
    if (ended.has(id)) continue;
    options.stop.throwIfAborted();
    let item;
    try {
      item = await load(id);
    } catch (error) {
      ended.add(id);
      await onOutcome(unreadable(id, error instanceof Error ? error.message : String(error), options), null);
      continue;
    }
    let step = await nextStepOf(item, {
      ...options,
      retryFailed: options.retryFailed && sent.size === 0,
    });
    if ('question' in step) {
      const key = requestKey(teacher, item.prompt, step.question.turns);
      const known = journal.stateOf(key);
      const { count, wasCut } = badAnswersTo(known);
      if (count < policy.maxAnswers) {
        const followUp = followUpOf(step.question, wasCut);
        requests.set(key, { key, item, followUp });
        worst.set(key, prices === null ? 0 : (worstCaseOf(teacher, item, followUp, prices, 'batch') ?? 0));
        continue;
      }
      const last = known?.answers.at(-1);
      const reason = last === undefined ? 'not answered' : rejectionOf(last);
      const at = isoNow(options.clock);
      await journal.append({ type: 'failed', id, key, at, reason, attempts: count });
      step = await nextStepOf(item, { ...options, retryFailed: false });
    }
    if (!('outcome' in step)) continue;
    ended.add(id);
    await onOutcome(asAsked(step.outcome, sent), item);
  }
  return { requests: [...requests.values()], worst };
}

/** An item counts as asked when a question of it went into a batch of this run. */
function asAsked(outcome: LabelOutcome, sent: ReadonlyMap<string, number>): LabelOutcome {
  const isFromJournal = !outcome.answers.some(({ key }) => sent.has(key));
  return { ...outcome, isFromJournal };
}

/** As many requests as the budget covers. @throws BudgetReachedError when it covers none */
function affordableOf(
  requests: readonly BatchRequest[],
  worst: ReadonlyMap<string, number>,
  { budget }: LabelInBatchesOptions,
): BatchRequest[] {
  if (budget === null) return [...requests];
  let left = budget.availableUsd;
  const affordable: BatchRequest[] = [];
  for (const request of requests) {
    const needed = worst.get(request.key) ?? 0;
    if (needed > left) break;
    left -= needed;
    affordable.push(request);
  }
  const [first] = requests;
  if (affordable.length === 0 && first !== undefined) {
    throw new BudgetReachedError(budget.maxUsd ?? Infinity, budget.spentUsd, worst.get(first.key) ?? 0);
  }
  return affordable;
}

/** Asks live for what batches did not bring, or gives it up. */
async function finishRest(
  options: LabelInBatchesOptions,
  ended: ReadonlySet<string>,
  requests: readonly BatchRequest[],
): Promise<void> {
  const ids = options.ids.filter((id) => !ended.has(id));
  if (options.fallback === 'live') {
    options.onBatch({ type: 'fallback', requests: requests.length });
    await labelItems({ ...options, ids });
    return;
  }
  const at = isoNow(options.clock);
  for (const { key, item } of requests) {
    const reason = `${MAX_SENT} batches brought no answer`;
    await options.journal.append({ type: 'failed', id: item.id, key, at, reason, attempts: MAX_SENT });
  }
  for (const id of ids) {
    const item = await options.load(id);
    const step = await nextStepOf(item, { ...options, retryFailed: false });
    if ('outcome' in step) await options.onOutcome({ ...step.outcome, isFromJournal: false }, item);
  }
}
