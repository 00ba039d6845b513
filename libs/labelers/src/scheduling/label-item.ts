import type { FloorPlanAnalysis } from '@arae/floorplan';
import { withoutThinking } from '../answers/without-thinking.ts';
import type { AnswerRecord } from '../journal/label-journal.ts';
import type { LabelItem } from '../teachers/teacher.ts';
import type { Turn } from '../teachers/turn.ts';
import { describeComplaints } from '../verification/describe-complaints.ts';
import type { Complaint, VerifiedRound } from '../verification/verification.ts';
import { askQuestion, recallQuestion } from './ask-question.ts';
import type { AcceptedAnswer, Question, QuestionOutcome } from './ask-question.ts';
import type { LabelItemContext } from './label-item-context.ts';

/** How an item ended. */
export type LabelOutcome = LabelledItem | FailedLabel;

interface OutcomeBase {
  id: string;
  key: string;
  /** All answers that were received and paid for this item, in this run and before, those of all rounds. */
  answers: readonly AnswerRecord[];
  /** True when nothing was asked in this run. */
  isFromJournal: boolean;
}

export interface LabelledItem extends OutcomeBase {
  isLabelled: true;
  analysis: FloorPlanAnalysis;
  /** The accepted answer needed a repair of its JSON. */
  isRepaired: boolean;
  /** Which answer to its question was accepted, from 1. */
  acceptedAttempt: number;
  /** What was found in the label of each round; empty without verification. */
  rounds: readonly VerifiedRound[];
  /** The round whose label this is, from 0. */
  chosenRound: number;
}

export interface FailedLabel extends OutcomeBase {
  isLabelled: false;
  reason: string;
  attempts: number;
  /** ISO time. */
  at: string;
}

/** Gets a question answered; null when it is not to be asked and was not answered before. */
type Answerer = (question: Question) => QuestionOutcome | null | Promise<QuestionOutcome | null>;

/**
 * Labels one item: from the journal if the very question was answered well before, else by asking. With verification, a label
 * that its graph denies is sent back with what is wrong, in the same conversation; the round with the fewest contradictions wins,
 * the earlier one of equals.
 *
 * @throws TeacherUnavailableError when no item can be asked any more; BudgetReachedError; the stop signal's reason when stopped
 *   before the item came to an end.
 */
export async function labelItem(item: LabelItem, context: LabelItemContext): Promise<LabelOutcome> {
  // Asking always comes to an end of the question.
  return (await labelBy(item, context, (question) => askQuestion(question, context))) as LabelOutcome;
}

/**
 * Makes an item's label again from the journal, without asking: byte for byte what {@link labelItem} gave. Null when the journal
 * has no end for the item's question.
 */
export function recallItem(
  item: LabelItem,
  context: Pick<LabelItemContext, 'teacher' | 'journal' | 'verification'>,
): Promise<LabelOutcome | null> {
  return labelBy(item, { ...context, onEvent: () => undefined }, (question) =>
    recallQuestion(question, { ...context, retryFailed: false }),
  );
}

/** What comes next for an item: its end, or a question that has to be asked. */
export type NextStep = { outcome: LabelOutcome } | { question: Question };

/** Looks into the journal for how far an item has come. */
export async function nextStepOf(
  item: LabelItem,
  context: Pick<LabelItemContext, 'teacher' | 'journal' | 'verification' | 'retryFailed'>,
): Promise<NextStep> {
  const missing: Question[] = [];
  const outcome = await labelBy(item, { ...context, onEvent: () => undefined }, (question) => {
    const recalled = recallQuestion(question, context);
    if (recalled === null) missing.push(question);
    return recalled;
  });
  const [question] = missing;
  if (question !== undefined) return { question };
  return { outcome: outcome as LabelOutcome };
}

interface Round extends VerifiedRound {
  answer: AcceptedAnswer;
}

async function labelBy(
  item: LabelItem,
  { verification, onEvent }: Pick<LabelItemContext, 'verification' | 'onEvent'>,
  answer: Answerer,
): Promise<LabelOutcome | null> {
  const first = await answer({ item, turns: [] });
  if (first === null) return null;
  if (!first.isAccepted) {
    const { key, answers, isFromJournal, reason, attempts, at } = first;
    return { isLabelled: false, id: item.id, key, answers, isFromJournal, reason, attempts, at };
  }
  if (verification === null) return labelled(item, first, [first], []);

  const outcomes: QuestionOutcome[] = [first];
  const rounds: Round[] = [];
  const turns: Turn[] = [];
  for (let accepted = first; ;) {
    const complaints = verification.complaintsAbout(accepted.analysis, item);
    const round = rounds.length;
    rounds.push({ answer: accepted, contradictions: complaints.length, severe: severeIn(complaints) });
    if (complaints.length === 0) break;
    const willAskAgain = round < verification.rounds;
    if (outcomes.some(({ isFromJournal }) => !isFromJournal)) {
      onEvent({ type: 'contradicted', id: item.id, round, contradictions: complaints.length, willAskAgain });
    }
    if (!willAskAgain) break;
    turns.push(
      { role: 'assistant', text: textOf(accepted) },
      { role: 'user', text: describeComplaints(complaints) },
    );
    const next = await answer({ item, turns: [...turns] });
    if (next === null) break;
    outcomes.push(next);
    // A round that brings no label takes nothing away from those before.
    if (!next.isAccepted) break;
    accepted = next;
  }
  return labelled(item, bestOf(rounds).answer, outcomes, rounds);
}

function labelled(
  item: LabelItem,
  chosen: AcceptedAnswer,
  outcomes: readonly QuestionOutcome[],
  rounds: readonly Round[],
): LabelledItem {
  const { analysis, isRepaired, acceptedAttempt } = chosen;
  return {
    isLabelled: true,
    id: item.id,
    key: (outcomes[0] as QuestionOutcome).key,
    answers: outcomes.flatMap(({ answers }) => answers),
    isFromJournal: outcomes.every(({ isFromJournal }) => isFromJournal),
    analysis,
    isRepaired,
    acceptedAttempt,
    rounds: rounds.map(({ contradictions, severe }) => ({ contradictions, severe })),
    chosenRound: Math.max(
      0,
      rounds.findIndex(({ answer }) => answer === chosen),
    ),
  };
}

/** The fewest contradictions; of equals the fewest severe ones, then the earlier. */
function bestOf(rounds: readonly Round[]): Round {
  return rounds.reduce((best, round) =>
    round.contradictions < best.contradictions ||
    (round.contradictions === best.contradictions && round.severe < best.severe)
      ? round
      : best,
  );
}

function severeIn(complaints: readonly Complaint[]): number {
  return complaints.filter(({ isSevere }) => isSevere).length;
}

/** The accepted answer as it came, without what the model thought aloud: servers drop that of earlier turns themselves. */
function textOf({ answers, acceptedAttempt }: AcceptedAnswer): string {
  return withoutThinking((answers[acceptedAttempt - 1] as AnswerRecord).text);
}
