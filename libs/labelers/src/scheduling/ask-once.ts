import type { RequestEnd } from '../admission/admission.ts';
import type { Reservation } from '../budget/budget.ts';
import { worstCaseOf } from '../budget/worst-case.ts';
import { RateLimitedError, TeacherError } from '../errors/teacher-errors.ts';
import { isoNow } from '../journal/iso-now.ts';
import type { AnswerRecord } from '../journal/label-journal.ts';
import { paidFor } from '../prices/paid-for.ts';
import { endpointOf } from '../teachers/endpoint-of.ts';
import type { FollowUp, LabelItem, TeacherAnswer } from '../teachers/teacher.ts';
import type { LabelItemContext } from './label-item-context.ts';

/** Tokens a character of a prompt takes at most in the languages used here; only admission goes by it. */
const TOKENS_PER_CHARACTER = 1;
/** Tokens of a usual answer. */
const USUAL_ANSWER_TOKENS = 2500;

/** A request that brought no answer. Its place and its money are given back by whoever catches it, when that is right. */
export class FailedRequest extends Error {
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
export async function askOnce(
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

function tokensOf({ prompt }: LabelItem, { turns, outputFactor }: FollowUp): number {
  const characters = [prompt.system, prompt.user, ...turns.map(({ text }) => text)].reduce(
    (sum, text) => sum + text.length,
    0,
  );
  return Math.round(characters * TOKENS_PER_CHARACTER) + USUAL_ANSWER_TOKENS * outputFactor;
}
