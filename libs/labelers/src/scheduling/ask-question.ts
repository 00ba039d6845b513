import type { FloorPlanAnalysis } from '@arae/floorplan';
import { parseAnswer } from '../answers/parse-answer.ts';
import { RateLimitedError, TeacherUnavailableError } from '../errors/teacher-errors.ts';
import { isoNow } from '../journal/iso-now.ts';
import type { AnswerRecord, QuestionState } from '../journal/label-journal.ts';
import { endpointOf } from '../teachers/endpoint-of.ts';
import { requestKey } from '../teachers/request-key.ts';
import type { FollowUp, LabelItem } from '../teachers/teacher.ts';
import type { Turn } from '../teachers/turn.ts';
import { askOnce, FailedRequest } from './ask-once.ts';
import type { LabelItemContext } from './label-item-context.ts';
import { createRetryWaits } from './retry-waits.ts';

/** A prompt with what was said behind it. */
export interface Question {
  item: LabelItem;
  turns: readonly Turn[];
}

/** How a question ended. */
export type QuestionOutcome = AcceptedAnswer | GivenUpQuestion;

interface QuestionOutcomeBase {
  key: string;
  /** All answers that were received and paid for this question, in this run and before. */
  answers: readonly AnswerRecord[];
  isFromJournal: boolean;
}

export interface AcceptedAnswer extends QuestionOutcomeBase {
  isAccepted: true;
  analysis: FloorPlanAnalysis;
  isRepaired: boolean;
  /** Which answer was accepted, from 1. */
  acceptedAttempt: number;
}

export interface GivenUpQuestion extends QuestionOutcomeBase {
  isAccepted: false;
  reason: string;
  /** Requests of the run that gave up. */
  attempts: number;
  /** ISO time. */
  at: string;
}

/** By how much the output limit is raised after an answer that was cut. */
const AFTER_A_CUT = 2;

/** How often a question was answered badly since it was last given up, and whether an answer was cut. */
export function badAnswersTo(known: QuestionState | undefined): { count: number; wasCut: boolean } {
  const bad = known?.answers.slice(known.answersBeforeFailure) ?? [];
  return { count: bad.length, wasCut: bad.some(({ isCut }) => isCut) };
}

/** With what a question is asked: after an answer that was cut with a larger output limit. */
export function followUpOf({ turns }: Question, wasCut: boolean): FollowUp {
  return { turns, outputFactor: wasCut ? AFTER_A_CUT : 1 };
}

/** What the journal says of a question; null when it has to be asked. */
export function recallQuestion(
  { item, turns }: Question,
  { teacher, journal, retryFailed }: Pick<LabelItemContext, 'teacher' | 'journal' | 'retryFailed'>,
): QuestionOutcome | null {
  const key = requestKey(teacher, item.prompt, turns);
  const known = journal.stateOf(key);
  const accepted = acceptedIn(key, known?.answers ?? [], true);
  if (accepted !== null) return accepted;
  if (known?.failure == null || retryFailed) return null;
  const { reason, attempts, at } = known.failure;
  return { isAccepted: false, key, answers: known.answers, isFromJournal: true, reason, attempts, at };
}

/**
 * Answers a question from the journal if it was answered well before, else by asking.
 *
 * @throws TeacherUnavailableError when no question can be asked any more; BudgetReachedError; the stop signal's reason when
 *   stopped before the question came to an end.
 */
export async function askQuestion(question: Question, context: LabelItemContext): Promise<QuestionOutcome> {
  const recalled = recallQuestion(question, context);
  if (recalled !== null) return recalled;
  const { item, turns } = question;
  const { teacher, journal, policy, clock } = context;
  const key = requestKey(teacher, item.prompt, turns);
  const known = journal.stateOf(key);

  // Bad answers of an interrupted run count, so that killing a run again and again does not ask without end.
  let { count: badAnswers, wasCut } = badAnswersTo(known);
  const waits = createRetryWaits(policy, context.random);
  const startedAt = clock.now();
  let requests = 0;
  const lastKnown = known?.answers.at(-1);
  let lastReason = lastKnown === undefined ? 'not asked' : rejectionOf(lastKnown);

  const giveUp = async (reason: string): Promise<GivenUpQuestion> => {
    const at = isoNow(clock);
    await journal.append({ type: 'failed', id: item.id, key, at, reason, attempts: requests });
    const answers = journal.stateOf(key)?.answers ?? [];
    return { isAccepted: false, key, answers, isFromJournal: false, reason, attempts: requests, at };
  };

  while (badAnswers < policy.maxAnswers) {
    if (clock.now() - startedAt >= policy.maxItemMs) {
      return giveUp(`no label within ${policy.maxItemMs} ms (${lastReason})`);
    }
    requests++;
    const followUp = followUpOf(question, wasCut);
    try {
      const answers = await askOnce(item, key, followUp, context);
      const accepted = acceptedIn(key, answers, false);
      if (accepted !== null) return accepted;
      badAnswers++;
      const answer = answers.at(-1) as AnswerRecord;
      wasCut ||= answer.isCut;
      lastReason = rejectionOf(answer);
      const willAskAgain = badAnswers < policy.maxAnswers;
      context.onEvent({ type: 'answer-rejected', id: item.id, reason: lastReason, willAskAgain });
    } catch (error) {
      if (!(error instanceof FailedRequest)) throw error;
      const { cause, heldUsd } = error;
      lastReason = cause.message;
      // Admission comes before anything is awaited, or other items would slip through while the record is written: a 429
      // closes the gate for everybody, this item included, and the event lets a run stop.
      const waitMs = waits.after(cause);
      context.onEvent({ type: 'request-failed', id: item.id, error: cause, waitMs });
      if (cause instanceof RateLimitedError && waitMs !== null) {
        context.onEvent({
          type: 'paused',
          ms: context.admission.pause(waitMs),
          reason: cause.message,
        });
      }
      error.leave();
      await journal.append({
        type: 'error',
        id: item.id,
        key,
        at: isoNow(clock),
        error: cause.name,
        status: cause.status,
        message: cause.message,
        ...(cause.rawText === undefined ? {} : { rawText: cause.rawText }),
        waitMs,
        ...(heldUsd === 0 ? {} : { heldUsd }),
        ...endpointOf(teacher),
      });
      error.settle();
      if (cause instanceof TeacherUnavailableError) throw cause;
      if (waitMs === null) return giveUp(cause.message);
      if (!(cause instanceof RateLimitedError)) await clock.sleep(waitMs, context.stop);
    }
  }
  return giveUp(lastReason);
}

function acceptedIn(
  key: string,
  answers: readonly AnswerRecord[],
  isFromJournal: boolean,
): AcceptedAnswer | null {
  for (const [index, answer] of answers.entries()) {
    const parsed = parseAnswer(answer);
    if (!parsed.isAccepted) continue;
    const { analysis, isRepaired } = parsed;
    return {
      isAccepted: true,
      key,
      answers,
      isFromJournal,
      analysis,
      isRepaired,
      acceptedAttempt: index + 1,
    };
  }
  return null;
}

/** Why an answer is no label. */
export function rejectionOf(answer: AnswerRecord): string {
  const parsed = parseAnswer(answer);
  return parsed.isAccepted ? 'accepted' : parsed.reason;
}
