import { join } from 'node:path';
import { drawingStem } from '@arae/sampling';
import type { DataFolder } from '../data-folder.ts';
import { cvRecordName } from './cv-journal.ts';
import type { CvRecord, DrawingFailed } from './cv-journal.ts';
import type { SentPicture } from './cv-provenance.ts';
import { InterruptedError } from '../errors.ts';
import { listDrawingNames } from './list-drawings.ts';
import { sha256Of, sha256OfFile } from '../sha256-of.ts';

export interface PlannedDrawing {
  id: string;
  file: string;
  fileName: string;
  /** Of the file. */
  sha256: string;
  /** Of the file, the networks and the settings. */
  key: string;
}

export interface DrawingsPlan {
  /** Done in an earlier run, and the graph is still what it was. */
  done: (PlannedDrawing & { sent: SentPicture | undefined })[];
  /** Given up in an earlier run. */
  failed: DrawingFailed[];
  toRun: PlannedDrawing[];
  /** There is no file to run on. What an earlier run made of it stays: a share that is away for a moment must not cost a night. */
  missing: { id: string; reason: string }[];
}

interface PlanOptions {
  stems: readonly string[];
  /** Folder of the drawings. */
  images: string;
  folder: DataFolder;
  /** Where graphs come from: the same for all drawings of a run. */
  provenance: object;
  records: ReadonlyMap<string, CvRecord>;
  retryFailed: boolean;
  /** Reading thousands of drawings takes minutes, so it can be stopped. */
  stop: AbortSignal;
}

/** Decides by the journal which drawings of the sample have still to be run. */
export async function planDrawings(options: PlanOptions): Promise<DrawingsPlan> {
  const { stems, images, folder, provenance, records, retryFailed, stop } = options;
  const names = new Map((await listDrawingNames(images)).map((name) => [drawingStem(name), name]));
  const plan: DrawingsPlan = { done: [], failed: [], toRun: [], missing: [] };
  for (const id of stems) {
    if (stop.aborted) throw new InterruptedError();
    const fileName = names.get(id);
    if (fileName === undefined) {
      plan.missing.push({ id, reason: `there is no drawing of this name in ${images}: check --images` });
      continue;
    }
    const file = join(images, fileName);
    let sha256: string;
    try {
      sha256 = await sha256OfFile(file);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      plan.missing.push({ id, reason: `${file} cannot be read (${code ?? message}): mend or replace it` });
      continue;
    }
    const key = sha256Of(JSON.stringify([provenance, fileName, sha256]));
    const drawing = { id, file, fileName, sha256, key };
    const record = records.get(cvRecordName(id, key));
    if (record?.type === 'done' && record.graph === (await graphHash(folder.graph(id)))) {
      plan.done.push({ ...drawing, sent: record.sent });
    } else if (record?.type === 'failed' && !retryFailed) {
      plan.failed.push(record);
    } else {
      plan.toRun.push(drawing);
    }
  }
  return plan;
}

/** null where there is no file, or none that can be read. */
const graphHash = (path: string): Promise<string | null> => sha256OfFile(path).catch(() => null);
