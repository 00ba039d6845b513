import { MAX_RUN_BYTES, RunpodError } from '@arae/runpod';
import type { ServerlessClient, ServerlessJob } from '@arae/runpod';
import type { CvRunpodConfig } from '../config/cv-runpod-schema.ts';
import type { SentPicture } from '../phases/cv-provenance.ts';
import type { PlannedDrawing } from '../phases/plan-drawings.ts';
import type { JobTally } from './job-tally.ts';
import { pictureForWorker } from './picture-for-worker.ts';
import type { WorkerPicture } from './picture-for-worker.ts';
import type { JobRecord } from './serverless-journal.ts';

/** Waits after submissions that the server could not take, in ms. */
const SUBMIT_DELAYS_MS = [2000, 10_000, 30_000];
/** For everything in the body but the picture. */
const ENVELOPE_BYTES = 4096;
/** Times that a picture is halved where the queue takes less than RunPod says. */
const MAX_HALVINGS = 4;
/** Bodies below this are not refused for their size, in characters of base64. */
const NEVER_TOO_LARGE = 100_000;

export interface SubmitDrawingOptions {
  readonly client: ServerlessClient;
  readonly runpod: CvRunpodConfig;
  readonly maxPixels: number;
  readonly tally: JobTally;
  readonly write: (record: JobRecord) => Promise<void>;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
  /** ISO time. */
  readonly now: () => string;
  /** Nothing is begun any more. */
  readonly stop: AbortSignal;
  /** Ends requests. */
  readonly ended: AbortSignal;
}

export type Submission = { readonly job: ServerlessJob; readonly sent: SentPicture | undefined };

/**
 * Submits one drawing, made smaller where the queue does not take it.
 *
 * @returns undefined after a stop, a reason where this drawing alone is at fault
 * @throws RunpodError for what holds for all drawings
 */
export async function submitDrawing(
  drawing: PlannedDrawing,
  options: SubmitDrawingOptions,
): Promise<Submission | { readonly reason: string } | undefined> {
  const { maxPixels, tally, log } = options;
  const { id, file, fileName } = drawing;
  let maxBase64 = MAX_RUN_BYTES - ENVELOPE_BYTES - 4 * Buffer.byteLength(fileName);
  for (let halvings = 0; ; halvings++) {
    if (options.stop.aborted) return undefined;
    let picture: WorkerPicture;
    try {
      picture = await pictureForWorker(file, { maxBase64, maxPixels });
    } catch (error) {
      return { reason: (error as Error).message };
    }
    const { base64, sent } = picture;
    try {
      const job = await submitPicture(drawing, picture, options);
      if (job === undefined) return undefined;
      if (sent !== undefined) {
        tally.shrunk++;
        log(
          `phase1: ${id}: made smaller for the queue: ${sent.format}, ${sent.width} × ${sent.height}, ${sent.bytes} bytes`,
        );
      }
      return { job, sent };
    } catch (error) {
      if (!(error instanceof RunpodError)) throw error;
      if (error.code !== 'bad-request' && error.code !== 'too-large') throw error;
      const isSize = error.code === 'too-large' || /payload|too large|size/i.test(error.message);
      if (!isSize || base64.length < NEVER_TOO_LARGE || halvings >= MAX_HALVINGS) {
        return { reason: error.message };
      }
      maxBase64 = Math.floor(base64.length / 2);
    }
  }
}

async function submitPicture(
  { id, key, fileName }: PlannedDrawing,
  { base64, sent }: WorkerPicture,
  { client, runpod, tally, write, pause, now, stop, ended }: SubmitDrawingOptions,
): Promise<ServerlessJob | undefined> {
  const input = { action: 'cv_inference', [runpod.imageField]: base64, file_name: fileName };
  const policy = { executionTimeout: runpod.jobTimeoutMs, ttl: runpod.ttlMs };
  let isMarked = false;
  for (let faults = 0; ;) {
    if (stop.aborted) return undefined;
    if (!isMarked) await write({ type: 'sending', id, key, at: now() });
    isMarked = true;
    try {
      const job = await client.submit(input, policy, ended);
      tally.queued++;
      await write({ type: 'submitted', id, key, job: job.id, sent, at: now() });
      return job;
    } catch (error) {
      if (!(error instanceof RunpodError) || error.code !== 'unavailable') throw error;
      // Whether it was carried out is known to nobody.
      if (error.status === undefined) {
        tally.unclear++;
        isMarked = false;
      }
      const waitMs = SUBMIT_DELAYS_MS[faults++];
      if (waitMs === undefined) throw error;
      await pause(waitMs);
    }
  }
}
