import { availableParallelism } from 'node:os';
import type { GraphRules } from '@arae/floorplan';
import type { InferenceBackend } from '../networks/inference-backend.ts';
import type { ModelsManifest } from '../networks/models-manifest.ts';
import { isOutOfMemory } from '../networks/out-of-memory-error.ts';
import { parseCorrectionRules } from '../text/correction-rules.ts';
import type { DrawingJob, DrawingResult } from './drawing-job.ts';
import { DrawingWorkers } from './drawing-workers.ts';
import { availableMemory } from '../workers/available-memory.ts';

export interface AnalyserOptions {
  readonly manifest: ModelsManifest;
  readonly backend: InferenceBackend;
  /** Whether the recogniser takes several texts at a time; default true. */
  readonly canBatchTexts?: boolean;
  /** Texts of a drawing that go through the recogniser together, 1 or more; default 16. */
  readonly textBatchSize?: number;
  /** Threads that read and prepare drawings and make graphs, 1 or more; default: half the cores, 2 to 8. */
  readonly workers?: number;
  /** Drawings under way, 1 or more; about 0.4 GB each; default: twice the workers and 2, as far as memory allows. */
  readonly inFlight?: number;
  /** Drawings of more pixels are refused; default 200 million. */
  readonly maxPixels?: number;
  /** The content of a rules file for texts. */
  readonly textRules?: string;
  /** How the detections are read; default `service`. */
  readonly rules?: GraphRules;
  /** What the threads run, without extension; for tests. */
  readonly workerEntry?: URL;
}

export interface AnalyseOptions {
  /** When aborted, no further drawing is begun; those under way still come. */
  readonly stop?: AbortSignal;
  /** When aborted, the iteration throws its reason at once. */
  readonly signal?: AbortSignal;
}

export interface Analyser {
  /**
   * Analyses drawings, several at a time; results come as they are ready. A drawing that fails is a result too. While
   * nobody takes results, no further drawings are begun.
   */
  analyse(drawings: Iterable<DrawingJob>, options?: AnalyseOptions): AsyncGenerator<DrawingResult, void>;
  /** Ends the threads. The backend stays open: it belongs to who made it. */
  close(): Promise<void>;
}

const BYTES_PER_DRAWING = 10 ** 9;
const MAX_WORKERS = 8;

interface Outcome {
  readonly job: DrawingJob;
  readonly result: DrawingResult;
  /** Worth another try with the machine for itself. */
  readonly isForLackOfRoom: boolean;
}

/** Starts the threads that turn drawings into graphs by the networks of a backend. */
export function createAnalyser(options: AnalyserOptions): Analyser {
  const {
    manifest,
    backend,
    canBatchTexts = true,
    textBatchSize = 16,
    textRules = null,
    maxPixels = null,
    rules = 'service',
  } = options;
  const count = options.workers ?? Math.max(2, Math.min(MAX_WORKERS, Math.ceil(availableParallelism() / 2)));
  const inFlight =
    options.inFlight ??
    Math.max(1, Math.min(2 * count + 2, Math.floor(availableMemory() / BYTES_PER_DRAWING)));
  for (const [name, value] of Object.entries({ textBatchSize, workers: count, inFlight })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} must be a whole number from 1, not ${value}`);
  }
  // The threads parse them too; here a fault is told before anything starts.
  if (textRules !== null) parseCorrectionRules(textRules);
  const workers = new DrawingWorkers({
    settings: {
      networks: manifest.networks,
      textBatchSize: canBatchTexts ? textBatchSize : 1,
      maxPixels,
      textRules,
      rules,
    },
    backend,
    count,
    entry: options.workerEntry,
  });
  let order = 0;

  async function attempt(job: DrawingJob, attempts: number): Promise<Outcome> {
    const { id, file, fileName } = job;
    try {
      const task = { file, fileName, order: order++, isAlone: attempts > 1 };
      const { text, counts } = await workers.analyse(task);
      return { job, result: { id, ok: true, text, counts, attempts }, isForLackOfRoom: false };
    } catch (error) {
      const { name, message } = error as Error;
      return {
        job,
        result: { id, ok: false, reason: message.replaceAll(/\s+/g, ' ').trim(), attempts },
        // A thread may die of another drawing's doing.
        isForLackOfRoom: isOutOfMemory(error) || name === 'WorkerEndedError',
      };
    }
  }

  return {
    async *analyse(drawings, { stop, signal } = {}) {
      const source = drawings[Symbol.iterator]();
      const ready: Outcome[] = [];
      const toRetry: DrawingJob[] = [];
      let underWay = 0;
      let isExhausted = false;
      let wake = (): void => undefined;
      const begin = (job: DrawingJob, attempts: number): void => {
        underWay++;
        void attempt(job, attempts).then((outcome) => {
          ready.push(outcome);
          wake();
        });
      };
      const onAbort = (): void => wake();
      signal?.addEventListener('abort', onAbort);
      try {
        for (;;) {
          signal?.throwIfAborted();
          while (toRetry.length === 0 && underWay < inFlight && !isExhausted && !stop?.aborted) {
            const next = source.next();
            isExhausted = next.done === true;
            if (next.done !== true) begin(next.value, 1);
          }
          if (underWay === 0) {
            const job = toRetry.shift();
            if (job === undefined) return;
            await backend.release().catch(() => undefined);
            signal?.throwIfAborted();
            begin(job, 2);
          }
          const outcome = ready.shift();
          if (outcome === undefined) {
            await new Promise<void>((resolve) => (wake = resolve));
            continue;
          }
          const { job, result, isForLackOfRoom } = outcome;
          underWay--;
          if (isForLackOfRoom && result.attempts === 1) toRetry.push(job);
          else yield result;
        }
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    close: () => workers.close(),
  };
}
