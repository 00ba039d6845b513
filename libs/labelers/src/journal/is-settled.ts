import { parseAnswer } from '../answers/parse-answer.ts';
import type { QuestionState } from './label-journal.ts';

/** True when a question needs no further request: it has an accepted answer, or was given up and is not to be asked again. */
export function isSettled(state: QuestionState | undefined, retryFailed: boolean): boolean {
  if (state === undefined) return false;
  if (state.failure !== null && !retryFailed) return true;
  return state.answers.some((answer) => parseAnswer(answer).isAccepted);
}
