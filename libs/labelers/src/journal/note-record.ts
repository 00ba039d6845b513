import type { LabelRecord, QuestionState } from './label-journal.ts';

/** Adds a record to what is known of its question. */
export function noteRecord(states: Map<string, QuestionState>, record: LabelRecord): void {
  if (record.type !== 'answer' && record.type !== 'failed') return;
  let state = states.get(record.key);
  if (state === undefined) {
    state = { answers: [], failure: null, answersBeforeFailure: 0 };
    states.set(record.key, state);
  }
  if (record.type === 'answer') {
    state.answers.push(record);
    state.failure = null;
  } else {
    state.failure = record;
    state.answersBeforeFailure = state.answers.length;
  }
}
