import type { FloorPlanAnalysis, Random } from '@arae/floorplan';
import type { Clock } from '@arae/progress';
import { parseAnswer } from '../answers/parse-answer.ts';
import { RateLimitedError, TeacherError, TeacherUnavailableError } from '../errors/teacher-errors.ts';
import type { AnswerRecord, LabelJournal } from '../journal/label-journal.ts';
import { requestKey } from '../teachers/request-key.ts';
import type { LabelItem, Teacher, TokenUsage } from '../teachers/teacher.ts';
import type { ProviderGate } from './provider-gate.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { createRetryWaits } from './retry-waits.ts';

/** How an item ended. */
export type LabelOutcome = LabelledItem | FailedLabel;

interface OutcomeBase {
  id: string;
  key: string;
  /** All answers that were received and paid for this question, in this run and before. */
  answers: readonly AnswerRecord[];
  /** True when nothing was asked in this run. */
  isFromJournal: boolean;
}

export interface LabelledItem extends OutcomeBase {
  isLabelled: true;
  analysis: FloorPlanAnalysis;
  /** The accepted answer needed a repair of its JSON. */
  isRepaired: boolean;
  /** Which answer was accepted, from 1. */
  acceptedAttempt: number;
}

export interface FailedLabel extends OutcomeBase {
  isLabelled: false;
  reason: string;
  attempts: number;
  /** ISO time. */
  at: string;
}

/** What happens on the way, for a display. */
export type LabelEvent =
  | { type: 'answered'; id: string; usage: TokenUsage; model: string }
  | { type: 'answer-rejected'; id: string; reason: string; willAskAgain: boolean }
  | { type: 'request-failed'; id: string; error: TeacherError; waitMs: number | null }
  | { type: 'paused'; ms: number; reason: string };

export interface LabelItemContext {
  teacher: Teacher;
  journal: LabelJournal;
  gate: ProviderGate;
  policy: RetryPolicy;
  clock: Clock;
  random: Random;
  /** Ask again what was given up earlier. */
  retryFailed: boolean;
  /** Aborted when no further request may start; a request under way is finished, since it is paid. */
  stop: AbortSignal;
  /** Aborted when even requests under way are dropped. */
  abort: AbortSignal;
  onEvent: (event: LabelEvent) => void;
}

/**
 * Labels one item: from the journal if the very question was answered well before, else by asking.
 *
 * @throws TeacherUnavailableError when no item can be asked any more; the stop signal's reason when stopped before the item
 *   came to an end.
 */
export async function labelItem(item: LabelItem, context: LabelItemContext): Promise<LabelOutcome> {
  const { teacher, journal, policy } = context;
  const key = requestKey(teacher, item.prompt);
  const known = journal.stateOf(key);
  const label = acceptedLabel(item.id, key, known?.answers ?? [], true);
  if (label !== null) return label;
  if (known?.failure != null && !context.retryFailed) {
    const { reason, attempts, at } = known.failure;
    return {
      isLabelled: false,
      id: item.id,
      key,
      answers: known.answers,
      isFromJournal: true,
      reason,
      attempts,
      at,
    };
  }

  // Bad answers of an interrupted run count, so that killing a run again and again does not ask without end.
  let badAnswers = (known?.answers.length ?? 0) - (known?.answersBeforeFailure ?? 0);
  const waits = createRetryWaits(policy, context.random);
  let requests = 0;
  const lastKnown = known?.answers.at(-1);
  let lastReason = lastKnown === undefined ? 'not asked' : rejectionOf(lastKnown);

  const giveUp = async (reason: string): Promise<FailedLabel> => {
    const at = isoNow(context.clock);
    await journal.append({ type: 'failed', id: item.id, key, at, reason, attempts: requests });
    const answers = journal.stateOf(key)?.answers ?? [];
    return {
      isLabelled: false,
      id: item.id,
      key,
      answers,
      isFromJournal: false,
      reason,
      attempts: requests,
      at,
    };
  };

  while (badAnswers < policy.maxAnswers) {
    await context.gate.pass(context.stop);
    context.stop.throwIfAborted();
    requests++;
    try {
      const answers = await askOnce(item, key, context);
      const accepted = acceptedLabel(item.id, key, answers, false);
      if (accepted !== null) return accepted;
      badAnswers++;
      lastReason = rejectionOf(answers.at(-1) as AnswerRecord);
      context.onEvent({
        type: 'answer-rejected',
        id: item.id,
        reason: lastReason,
        willAskAgain: badAnswers < policy.maxAnswers,
      });
    } catch (error) {
      if (!(error instanceof TeacherError)) throw error;
      // Admission comes before anything is awaited, or other items would slip through while the record is written: a 429
      // closes the gate for everybody, this item included, and the event lets a run stop.
      const waitMs = waits.after(error);
      context.onEvent({ type: 'request-failed', id: item.id, error, waitMs });
      if (error instanceof RateLimitedError && waitMs !== null) {
        context.onEvent({ type: 'paused', ms: context.gate.pause(waitMs), reason: error.message });
      }
      await journal.append({
        type: 'error',
        id: item.id,
        key,
        at: isoNow(context.clock),
        error: error.name,
        status: error.status,
        message: error.message,
        ...(error.rawText === undefined ? {} : { rawText: error.rawText }),
        waitMs,
      });
      if (error instanceof TeacherUnavailableError) throw error;
      if (waitMs === null) return giveUp(error.message);
      if (!(error instanceof RateLimitedError)) await context.clock.sleep(waitMs, context.stop);
    }
  }
  return giveUp(lastReason);
}

/** Asks and puts the answer on the disk. Returns all answers to the question so far. */
async function askOnce(
  item: LabelItem,
  key: string,
  context: LabelItemContext,
): Promise<readonly AnswerRecord[]> {
  const { teacher, journal, clock } = context;
  const startedAt = clock.now();
  const answer = await teacher.ask(item, context.abort);
  const attempt = (journal.stateOf(key)?.answers.length ?? 0) + 1;
  await journal.append({
    type: 'answer',
    id: item.id,
    key,
    attempt,
    at: isoNow(clock),
    latencyMs: Math.round(clock.now() - startedAt),
    ...answer,
  });
  context.onEvent({ type: 'answered', id: item.id, usage: answer.usage, model: answer.model });
  return journal.stateOf(key)?.answers ?? [];
}

function acceptedLabel(
  id: string,
  key: string,
  answers: readonly AnswerRecord[],
  isFromJournal: boolean,
): LabelledItem | null {
  for (const [index, answer] of answers.entries()) {
    const parsed = parseAnswer(answer);
    if (parsed.isAccepted) {
      const { analysis, isRepaired } = parsed;
      return {
        isLabelled: true,
        id,
        key,
        answers,
        isFromJournal,
        analysis,
        isRepaired,
        acceptedAttempt: index + 1,
      };
    }
  }
  return null;
}

function rejectionOf(answer: AnswerRecord): string {
  const parsed = parseAnswer(answer);
  return parsed.isAccepted ? 'accepted' : parsed.reason;
}

function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
