import type { FloorPlanAnalysis } from '@arae/floorplan';
import type { Clock } from '@arae/progress';
import type { RequestEnd } from '../admission/admission.ts';
import { parseAnswer } from '../answers/parse-answer.ts';
import type { Reservation } from '../budget/budget.ts';
import { worstCaseOf } from '../budget/worst-case.ts';
import { RateLimitedError, TeacherError, TeacherUnavailableError } from '../errors/teacher-errors.ts';
import type { AnswerRecord, QuestionState } from '../journal/label-journal.ts';
import { costOf } from '../prices/price-book.ts';
import type { PriceTier } from '../prices/price-book.ts';
import { requestKey } from '../teachers/request-key.ts';
import type { FollowUp, LabelItem, Teacher, TeacherAnswer } from '../teachers/teacher.ts';
import type { Turn } from '../teachers/turn.ts';
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
/** Tokens a character of a prompt takes at most in the languages used here; only admission goes by it. */
const TOKENS_PER_CHARACTER = 1;
/** Tokens of a usual answer. */
const USUAL_ANSWER_TOKENS = 2500;

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

/** A request that brought no answer. Its place and its money are given back by whoever catches it, when that is right. */
class FailedRequest extends Error {
  override readonly name = 'FailedRequest';
  override readonly cause: TeacherError;
  readonly heldUsd: number;
  readonly leave: () => void;
  readonly settle: () => void;

  constructor(cause: TeacherError, heldUsd: number, leave: () => void, settle: () => void) {
    super(cause.message);
    this.cause = cause;
    this.heldUsd = heldUsd;
    this.leave = leave;
    this.settle = settle;
  }
}

/** Asks and puts the answer on the disk. Returns all answers to the question so far. */
async function askOnce(
  item: LabelItem,
  key: string,
  followUp: FollowUp,
  context: LabelItemContext,
): Promise<readonly AnswerRecord[]> {
  const { teacher, journal, clock, admission } = context;
  const reservation = await reserve(item, followUp, context);
  const isPriced = reservation !== null;
  let end: RequestEnd = 'other';
  let answer: TeacherAnswer | null = null;
  try {
    const place = await admission.enter(tokensOf(item, followUp), context.stop);
    try {
      context.stop.throwIfAborted();
      const startedAt = clock.now();
      try {
        answer = await teacher.ask(item, context.abort, followUp);
      } catch (error) {
        if (!(error instanceof TeacherError)) throw error;
        if (error instanceof RateLimitedError) end = 'limited';
        const heldUsd = isPriced && error.mayBeBilled ? reservation.worstUsd : 0;
        throw new FailedRequest(
          error,
          heldUsd,
          () => place.leave(end, error.quota),
          () => reservation?.settle(heldUsd),
        );
      }
      end = 'answered';
      place.leave(end, answer.quota);
      const attempt = (journal.stateOf(key)?.answers.length ?? 0) + 1;
      const round = followUp.turns.length / 2;
      await journal.append({
        type: 'answer',
        id: item.id,
        key,
        attempt,
        at: isoNow(clock),
        latencyMs: Math.round(clock.now() - startedAt),
        ...(round === 0 ? {} : { round }),
        ...endpointOf(teacher),
        ...answer,
      });
    } catch (error) {
      if (!(error instanceof FailedRequest)) place.leave(end);
      throw error;
    }
  } catch (error) {
    // Nothing was asked, or what was asked is on its way to being lost: then the whole sum counts.
    if (!(error instanceof FailedRequest)) {
      reservation?.settle(answer === null ? 0 : reservation.worstUsd);
    }
    throw error;
  }
  reservation?.settle(paidFor(answer, context) ?? reservation.worstUsd);
  context.onEvent({ type: 'answered', id: item.id, usage: answer.usage, model: answer.model });
  return journal.stateOf(key)?.answers ?? [];
}

/** Null without a budget. */
async function reserve(
  item: LabelItem,
  followUp: FollowUp,
  { teacher, budget, prices, stop }: LabelItemContext,
): Promise<Reservation | null> {
  if (budget === null || prices === null) return null;
  const worstUsd = worstCaseOf(teacher, item, followUp, prices, 'live');
  return worstUsd === null ? null : budget.reserve(worstUsd, stop);
}

/** What an answer has cost, in USD; null without prices. */
export function paidFor(
  { usage, model }: TeacherAnswer,
  { teacher, prices }: Pick<LabelItemContext, 'teacher' | 'prices'>,
  tier: PriceTier = 'live',
): number | null {
  if (!teacher.isPaid) return 0;
  if (prices === null) return null;
  return costOf(usage, model, prices, tier) ?? costOf(usage, teacher.model, prices, tier);
}

function tokensOf({ prompt }: LabelItem, { turns, outputFactor }: FollowUp): number {
  const characters = [prompt.system, prompt.user, ...turns.map(({ text }) => text)].reduce(
    (sum, text) => sum + text.length,
    0,
  );
  return Math.round(characters * TOKENS_PER_CHARACTER) + USUAL_ANSWER_TOKENS * outputFactor;
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

/** Where a teacher is asked, for the journal. */
export function endpointOf({ identity }: Pick<Teacher, 'identity'>): { endpoint?: string } {
  const { endpoint } = identity;
  return typeof endpoint === 'string' ? { endpoint } : {};
}

export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
