import { readJournal } from '@arae/progress';
import type { SentPicture } from './cv-provenance.ts';

/** A drawing became a graph. */
export interface DrawingDone {
  type: 'done';
  id: string;
  /** Of the drawing's content, the networks and the settings. */
  key: string;
  /** SHA-256 of the graph's file. */
  graph: string;
  attempts: number;
  /** Where the engine got another picture than the drawing's file. */
  sent?: SentPicture | undefined;
  at: string;
}

/** A drawing was given up. */
export interface DrawingFailed {
  type: 'failed';
  id: string;
  key: string;
  reason: string;
  attempts: number;
  at: string;
}

export type CvRecord = DrawingDone | DrawingFailed;

/** The last record of every drawing and key; damaged lines and other records are passed over. */
export async function readCvRecords(path: string): Promise<ReadonlyMap<string, CvRecord>> {
  const records = new Map<string, CvRecord>();
  for await (const line of readJournal(path)) {
    if (!('record' in line)) continue;
    const record = line.record as Partial<CvRecord>;
    if ((record.type === 'done' || record.type === 'failed') && record.id !== undefined) {
      records.set(cvRecordName(record.id, record.key ?? ''), record as CvRecord);
    }
  }
  return records;
}

export function cvRecordName(id: string, key: string): string {
  return `${key} ${id}`;
}
