import { openJournal, readJournal } from '@arae/progress';
import type { Journal } from '@arae/progress';
import type { AdmissionDecision } from '../admission/admission.ts';
import type { PriceTier } from '../prices/price-book.ts';
import { answersIn, heldIn, noteBatch, noteRecord } from './note-record.ts';
import type { TeacherAnswer } from '../teachers/teacher.ts';

/** An answer as it came, on the disk before anything of it is interpreted. */
export interface AnswerRecord extends TeacherAnswer {
  type: 'answer';
  id: string;
  /** {@link requestKey} of the question. */
  key: string;
  /** Counts the answers to this question, from 1. */
  attempt: number;
  /** ISO time. */
  at: string;
  latencyMs: number;
  /** Counts the questions about the item from 0: above it, the teacher was told what its label gets wrong. */
  round?: number | undefined;
  /** How it was asked; live when nothing is said. */
  tier?: PriceTier | undefined;
  /** Where it was asked; missing in journals of earlier versions. */
  endpoint?: string | undefined;
  /** Name of the batch that it came with. */
  batch?: string | undefined;
}

/** A request that failed. */
export interface ErrorRecord {
  type: 'error';
  id: string;
  key: string;
  at: string;
  error: string;
  status?: number | undefined;
  message: string;
  /** What the server sent, where it sent something that could not be read: it may have been paid for. */
  rawText?: string | undefined;
  /** What follows: wait and ask again, or give up. */
  waitMs: number | null;
  /** USD that the request may have cost although no answer came; missing when it has cost nothing. */
  heldUsd?: number | undefined;
  endpoint?: string | undefined;
  /** Name of the batch that it came with. */
  batch?: string | undefined;
}

/** A request that brought no answer but may have cost something. */
export interface HeldRequest {
  heldUsd: number;
  endpoint?: string | undefined;
}

/** Admission has changed what it lets through. */
export interface AdmissionRecord extends AdmissionDecision {
  type: 'admission';
  at: string;
}

/** An item that is given up. */
export interface FailureRecord {
  type: 'failed';
  id: string;
  key: string;
  at: string;
  reason: string;
  /** Requests made in this run. */
  attempts: number;
}

/**
 * A step of a batch. It is `planned` before it is sent, so that after a kill it is looked up by its name instead of being sent
 * again; `submitted` when its id is known; `ended` when its results are in the journal, or there will be none.
 */
export interface BatchRecord {
  type: 'batch';
  name: string;
  step: 'planned' | 'submitted' | 'ended';
  at: string;
  /** The provider's id; from `submitted` on. */
  batchId?: string | undefined;
  /** What it asks; with `planned`. */
  questions?: readonly BatchQuestion[] | undefined;
  /** USD that it may cost at most; with `planned`, where there are prices. */
  worstUsd?: number | undefined;
  /** Of whom it was asked; with `planned`. */
  endpoint?: string | undefined;
  /** The provider's word for how it ended; with `ended`. */
  state?: string | undefined;
}

/** A question of a batch. */
export interface BatchQuestion {
  key: string;
  /** Of the item. */
  id: string;
  /** As in {@link AnswerRecord}. */
  round: number;
}

/** A batch as the journal knows it. */
export interface BatchNote {
  name: string;
  questions: readonly BatchQuestion[];
  /** ISO time of its planning. */
  at: string;
  /** Null while it is not known whether it was sent. */
  batchId: string | null;
  worstUsd: number;
  endpoint: string | undefined;
}

export type LabelRecord = AnswerRecord | ErrorRecord | FailureRecord | AdmissionRecord | BatchRecord;

/** What the journal knows of one question. */
export interface QuestionState {
  /** All answers, in order. */
  answers: AnswerRecord[];
  /** The last thing that happened was giving up. */
  failure: FailureRecord | null;
  /** Answers that came before the last giving up: they count no more against the number of tries. */
  answersBeforeFailure: number;
}

/** The append-only record of a teacher's answers. */
export interface LabelJournal {
  stateOf(key: string): QuestionState | undefined;
  /** Resolves when the record is on the disk. */
  append(record: LabelRecord): Promise<void>;
  /** Lines that could not be read: torn by a kill, or damaged. */
  readonly damagedLines: number;
  /** All answers, to whatever question. */
  answers(): Iterable<AnswerRecord>;
  /** Batches that have not ended, in the order of their planning. */
  openBatches(): readonly BatchNote[];
  /** Requests without an answer that may have cost something. */
  held(): Iterable<HeldRequest>;
  close(): Promise<void>;
}

/** Reads what a journal file knows and opens it for more. */
export async function openLabelJournal(path: string): Promise<LabelJournal> {
  const states = new Map<string, QuestionState>();
  let damagedLines = 0;
  const held: HeldRequest[] = [];
  const batches = new Map<string, BatchNote>();
  for await (const line of readJournal(path)) {
    if ('damaged' in line) {
      damagedLines++;
      continue;
    }
    const record = line.record as unknown as LabelRecord;
    noteRecord(states, record);
    held.push(...heldIn(record));
    noteBatch(batches, record);
  }
  // The file is made by the first record, so that looking leaves nothing behind.
  let journal: Promise<Journal> | null = null;
  return {
    damagedLines,
    stateOf: (key) => states.get(key),
    answers: () => answersIn(states),
    held: () => held,
    openBatches: () => [...batches.values()],
    async append(record) {
      journal ??= openJournal(path);
      await (await journal).append(record);
      noteRecord(states, record);
      held.push(...heldIn(record));
      noteBatch(batches, record);
    },
    async close() {
      await (await journal)?.close();
    },
  };
}
