import { Worker } from 'node:worker_threads';
import type { PlanWorkerData } from './plan-worker.ts';
import type { WrittenPlan, WritePlanParams } from './write-plan.ts';

/** Sources lie beside this file with its own extension. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

export interface WritePlansInThreadsParams extends Omit<WritePlanParams, 'index'> {
  readonly count: number;
  readonly workers: number;
  readonly signal: AbortSignal | undefined;
  readonly onWritten: (plan: WrittenPlan) => void;
}

/** Shares plans 0 … count − 1 among threads. Resolves when all threads have ended; rejects with the first error. */
export async function writePlansInThreads(params: WritePlansInThreadsParams): Promise<void> {
  const { workers, signal, onWritten, ...shared } = params;
  await Promise.all(
    Array.from(
      { length: workers },
      (_, first) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(`./plan-worker${EXTENSION}`, import.meta.url), {
            workerData: { ...shared, first, step: workers } satisfies PlanWorkerData,
            // Hooks of the main thread do not reach a worker: from sources it is told itself to take sources.
            execArgv: EXTENSION === '.ts' ? ['--conditions=@arae/source'] : [],
          });
          const stop = () => worker.postMessage('stop');
          signal?.addEventListener('abort', stop, { once: true });
          worker.on('message', onWritten);
          worker.on('error', reject);
          worker.on('exit', () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          });
        }),
    ),
  );
  signal?.throwIfAborted();
}
