import { Worker } from 'node:worker_threads';
import { CallChannel } from './call-channel.ts';
import type { CallHandlers } from './call-channel.ts';
import { WorkerEndedError } from './worker-ended-error.ts';

export interface StartWorkerOptions {
  /** What it is, for messages: `network worker`. */
  readonly name: string;
  /** The entry without its extension, as a URL: sources run from `.ts`, the built package from `.js`. */
  readonly entry: URL;
  /** Read by the worker at its start. */
  readonly workerData?: unknown;
  /** What the worker may call here. */
  readonly handlers?: CallHandlers;
}

export interface StartedWorker {
  readonly calls: CallChannel;
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks the worker to close what it holds, then ends its thread. */
  close(): Promise<void>;
  /** Ends the thread at once. */
  terminate(): Promise<void>;
}

/** Sources lie beside this file with its own extension. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Starts a worker thread that answers calls; when it dies, every call under way is rejected with a WorkerEndedError. */
export function startWorker({ name, entry, workerData, handlers }: StartWorkerOptions): StartedWorker {
  const worker = new Worker(new URL(`${entry.href}${EXTENSION}`), {
    name,
    workerData,
    // Hooks of the main thread do not reach a worker: from sources it is told itself to take the sources of the
    // other packages.
    execArgv: EXTENSION === '.ts' ? ['--conditions=@arae/source'] : [],
  });
  const calls = new CallChannel(worker, handlers);
  let reason: string | null = null;
  worker.on('error', (error: unknown) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      calls.fail(new WorkerEndedError(name, reason ?? `exit code ${code}`));
      resolve();
    });
  });
  return {
    calls,
    ended,
    async close() {
      // A worker that is gone already has nothing left to close.
      await calls.call('close', null).catch(() => undefined);
      await worker.terminate();
      await ended;
    },
    async terminate() {
      await worker.terminate();
      await ended;
    },
  };
}
