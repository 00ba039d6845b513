import { readJournal } from '@arae/progress';
import type { EndedState } from '@arae/runpod';
import { cvRecordName } from '../phases/cv-journal.ts';
import type { SentPicture } from '../phases/cv-provenance.ts';

interface OfDrawing {
  id: string;
  key: string;
  at: string;
}

/** A job is about to be submitted. Without a record after it, it may be in the queue under an id that nobody knows. */
export interface JobSending extends OfDrawing {
  type: 'sending';
}

export interface JobSubmitted extends OfDrawing {
  type: 'submitted';
  job: string;
  /** Where it was another picture than the drawing's file. */
  sent?: SentPicture | undefined;
}

export interface JobEnded extends OfDrawing {
  type: 'ended';
  job: string;
  /** `GONE`: the queue knows it no more. */
  state: EndedState | 'GONE';
  /** Milliseconds on a worker, which are paid for. */
  executionMs: number;
}

export type JobRecord = JobSending | JobSubmitted | JobEnded;

export interface JobHistory {
  /** Jobs whose results are still to be fetched, by drawing and key. */
  readonly open: ReadonlyMap<string, { readonly job: string; readonly sent: SentPicture | undefined }>;
  /** Drawings whose submission was cut off. */
  readonly unclear: number;
  /** Jobs that ended so far, and what all of them took. */
  readonly ended: ReadonlySet<string>;
  readonly executionMs: number;
}

/** What earlier runs left in the journal of phase 1. */
export async function readJobHistory(path: string): Promise<JobHistory> {
  const open = new Map<string, { job: string; sent: SentPicture | undefined }>();
  const sending = new Set<string>();
  const executions = new Map<string, number>();
  let unclear = 0;
  for await (const line of readJournal(path)) {
    if (!('record' in line)) continue;
    const record = line.record as Partial<JobRecord> | { type: 'done' | 'failed' };
    const { id, key } = record as Partial<OfDrawing>;
    if (id === undefined || key === undefined) continue;
    const name = cvRecordName(id, key);
    if (record.type === 'sending') {
      if (sending.has(name)) unclear++;
      sending.add(name);
    } else if (record.type === 'submitted' && record.job !== undefined) {
      sending.delete(name);
      open.set(name, { job: record.job, sent: record.sent });
    } else if (record.type === 'ended' && record.job !== undefined) {
      executions.set(record.job, record.executionMs ?? 0);
      // A completed one stays open until its graph is written.
      if (record.state !== 'COMPLETED') open.delete(name);
    } else if (record.type === 'done' || record.type === 'failed') {
      sending.delete(name);
      open.delete(name);
    }
  }
  const executionMs = [...executions.values()].reduce((sum, ms) => sum + ms, 0);
  return { open, unclear: unclear + sending.size, ended: new Set(executions.keys()), executionMs };
}
