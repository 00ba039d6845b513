import type { AnswerRecord, BatchNote, HeldRequest, LabelRecord, QuestionState } from './label-journal.ts';

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

/** All answers that were noted. */
export function* answersIn(states: ReadonlyMap<string, QuestionState>): Iterable<AnswerRecord> {
  for (const { answers } of states.values()) yield* answers;
}

/** The request that this record is of, if it may have cost something without an answer. */
export function heldIn(record: LabelRecord): HeldRequest[] {
  if (record.type !== 'error' || record.heldUsd === undefined) return [];
  return [{ heldUsd: record.heldUsd, endpoint: record.endpoint }];
}

/** Keeps the batches that have not ended. */
export function noteBatch(batches: Map<string, BatchNote>, record: LabelRecord): void {
  if (record.type !== 'batch') return;
  const { name, step, at, questions = [], worstUsd = 0, endpoint, batchId } = record;
  if (step === 'ended') batches.delete(name);
  else if (step === 'planned') batches.set(name, { name, questions, at, batchId: null, worstUsd, endpoint });
  else {
    const note = batches.get(name);
    if (note !== undefined) note.batchId = batchId ?? null;
  }
}
