import { Worker } from 'node:worker_threads';
import { JsonlError } from '../jsonl-error.ts';
import type { BatchCounter } from './batch-counter.ts';
import type { RowLength } from './row-length.ts';

/** What a thread says. */
export type FromCounter =
  | { kind: 'ready'; tokenizerSha256: string }
  | { kind: 'failed'; message: string }
  | { kind: 'counted'; id: number; lengths: RowLength[] };

/** Sources lie beside this file with its own extension. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** MiB for new objects of a thread: texts come and go, and V8 would rather take more memory than look for them. */
const YOUNG_MIB = 16;

interface Thread {
  worker: Worker;
  /** Batches under way, by their number. */
  waiting: Map<number, { resolve: (lengths: RowLength[]) => void; reject: (error: Error) => void }>;
}

/**
 * `createTokenCounter` in threads of their own, each with a copy of the tokenizer, so that rows are counted while others are read.
 *
 * @param threads 1 or more
 * @throws JsonlError `bad-tokenizer` as `createTokenCounter`
 */
export async function startTokenCounters(folder: string, threads: number): Promise<BatchCounter> {
  const started = await Promise.allSettled(Array.from({ length: threads }, () => startThread(folder)));
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async () => {
    await Promise.all(running.map(({ worker }) => worker.terminate()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }
  let next = 0;
  return {
    by: 'tokenizer',
    tokenizerSha256: running[0]!.tokenizerSha256,
    count: (rows) => {
      const id = next++;
      const { worker, waiting } = running.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, rows });
      });
    },
    close,
  };
}

function startThread(folder: string): Promise<Thread & { tokenizerSha256: string }> {
  const worker = new Worker(new URL(`./token-counter-worker${EXTENSION}`, import.meta.url), {
    name: 'token counter',
    workerData: folder,
    execArgv: EXTENSION === '.ts' ? ['--conditions=@arae/source'] : [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  const waiting: Thread['waiting'] = new Map();
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error);
      for (const batch of waiting.values()) batch.reject(error);
      waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the thread that counts tokens ended with ${code}`)));
    worker.on('message', (message: FromCounter) => {
      if (message.kind === 'ready') resolve({ worker, waiting, tokenizerSha256: message.tokenizerSha256 });
      else if (message.kind === 'failed') {
        fail(new JsonlError(message.message, { code: 'bad-tokenizer', path: folder }));
        void worker.terminate();
      } else {
        waiting.get(message.id)?.resolve(message.lengths);
        waiting.delete(message.id);
      }
    });
  });
}
