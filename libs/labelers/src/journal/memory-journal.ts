import type { BatchNote, LabelJournal, LabelRecord, QuestionState } from './label-journal.ts';
import { answersIn, heldIn, noteBatch, noteRecord } from './note-record.ts';

export interface MemoryJournal extends LabelJournal {
  readonly records: readonly LabelRecord[];
}

/**
 * A journal in memory that knows `earlier` records: for tests, and for services that keep a record of their own.
 *
 * @param beforeAppend awaited before a record counts as written: for a slow disk, or a full one
 */
export function createMemoryJournal(
  earlier: readonly LabelRecord[] = [],
  beforeAppend: (record: LabelRecord) => Promise<void> = () => Promise.resolve(),
): MemoryJournal {
  const records: LabelRecord[] = [...earlier];
  const states = new Map<string, QuestionState>();
  for (const record of earlier) noteRecord(states, record);
  return {
    records,
    damagedLines: 0,
    stateOf: (key) => states.get(key),
    answers: () => answersIn(states),
    openBatches: () => {
      const batches = new Map<string, BatchNote>();
      for (const record of records) noteBatch(batches, record);
      return [...batches.values()];
    },
    held: () => records.flatMap(heldIn),
    async append(record) {
      await beforeAppend(record);
      records.push(record);
      noteRecord(states, record);
    },
    close: () => Promise.resolve(),
  };
}
