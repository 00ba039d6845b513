import { embedInBatches } from './embed-in-batches.ts';
import type { Embedder, EmbedderIdentity } from './embedder.ts';
import { EmbeddingError } from './embedding-error.ts';
import { queryTextWith, requireWholeNumber } from './options.ts';
import { DEFAULT_RETRY, requestJson } from './request-json.ts';
import type { HttpEffects, RetrySettings } from './request-json.ts';
import { unitRows } from './unit-rows.ts';

export interface RunpodEmbedderOptions extends HttpEffects {
  readonly now: () => number;
  readonly endpointId: string;
  readonly apiKey: string;
  /** What the worker serves, for the identity. Default `Qwen/Qwen3-Embedding-0.6B`. */
  readonly model?: string | undefined;
  /** Default 768; the worker's longer vectors are cut. */
  readonly dimensions?: number | undefined;
  readonly instruction?: string | undefined;
  /** Default `https://api.runpod.ai/v2`. */
  readonly baseURL?: string | undefined;
  readonly batchSize?: number | undefined;
  readonly concurrency?: number | undefined;
  /** Between two looks at a job. Default 1000 ms. */
  readonly pollMs?: number | undefined;
  /** After which a job is cancelled: a cold worker first loads its model. Default 10 minutes. */
  readonly jobTimeoutMs?: number | undefined;
  readonly retry?: Partial<RetrySettings> | undefined;
}

const ENDED_BADLY = new Set(['FAILED', 'CANCELLED', 'TIMED_OUT']);

interface Job {
  id?: unknown;
  status?: unknown;
  output?: { embedding?: unknown; embeddings?: unknown; error?: unknown } | null;
  error?: unknown;
}

/**
 * An embedder behind ARAE's RunPod worker: `{action: 'embed', text}` gives `{embedding}`, `{action: 'embed_batch', texts}` gives
 * `{embeddings}`. A job that is given up (abort, timeout) is cancelled, so that nobody pays for it.
 * @throws EmbeddingError `bad-option`
 */
export function createRunpodEmbedder(options: RunpodEmbedderOptions): Embedder {
  const { apiKey, instruction, now, sleep, model = 'Qwen/Qwen3-Embedding-0.6B', dimensions = 768 } = options;
  const { batchSize = 64, concurrency = 2, pollMs = 1000, jobTimeoutMs = 600_000 } = options;
  requireWholeNumber({ dimensions, batchSize, concurrency });
  const engine = 'runpod-serverless';
  const root = `${(options.baseURL ?? 'https://api.runpod.ai/v2').replace(/\/+$/, '')}/${options.endpointId}`;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const identity: EmbedderIdentity = {
    engine,
    model,
    label: `${model} on RunPod endpoint ${options.endpointId}`,
    dimensions,
    revision: options.endpointId,
    ...(instruction === undefined ? {} : { instruction }),
  };
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal) =>
    (await requestJson({ engine, url: root + path, method, apiKey, body, signal }, options, retry)) as Job;

  /** Waits until the job has ended; cancels it where it is given up. */
  async function outputOf(input: object, firstIndex: number, signal: AbortSignal): Promise<Job['output']> {
    let job = await call('POST', '/run', { input }, signal);
    const id = job.id;
    if (typeof id !== 'string')
      throw new EmbeddingError(`${engine}: ${root}/run gave no job id: check the endpoint`, {
        code: 'unavailable',
      });
    const deadline = now() + jobTimeoutMs;
    let isOver = false;
    try {
      for (;;) {
        if (job.status === 'COMPLETED' || ENDED_BADLY.has(String(job.status))) {
          isOver = true;
          break;
        }
        if (now() >= deadline) {
          throw new EmbeddingError(
            `${engine}: job ${id} took longer than ${jobTimeoutMs} ms (from text ${firstIndex}) and was cancelled: check the endpoint's workers`,
            { code: 'unavailable', textIndex: firstIndex },
          );
        }
        await sleep(pollMs, signal);
        job = await call('GET', `/status/${id}`, undefined, signal);
      }
    } finally {
      // The reason why it was given up matters more than a cancel that failed.
      if (!isOver) await call('POST', `/cancel/${id}`).catch(() => undefined);
    }
    const error = job.error ?? job.output?.error;
    if (job.status !== 'COMPLETED' || (error !== undefined && error !== null)) {
      const words = typeof error === 'string' ? error : JSON.stringify(error ?? null);
      throw new EmbeddingError(
        `${engine}: job ${id} ended ${String(job.status)} (${words.replaceAll(/\s+/g, ' ').slice(0, 200)}), from text ${firstIndex}: see the worker's log`,
        { code: 'failed', textIndex: firstIndex },
      );
    }
    return job.output;
  }

  return {
    identity,
    dimensions,
    embed(texts, { kind, signal }) {
      const inputs = kind === 'query' ? texts.map((text) => queryTextWith(instruction, text)) : texts;
      return embedInBatches(inputs, { batchSize, concurrency, signal }, async (batch, firstIndex, both) => {
        const isOne = batch.length === 1;
        const input = isOne ? { action: 'embed', text: batch[0] } : { action: 'embed_batch', texts: batch };
        const output = await outputOf(input, firstIndex, both);
        const vectors = isOne ? [output?.embedding] : output?.embeddings;
        return unitRows(vectors, { engine, count: batch.length, dimensions, truncate: true, firstIndex });
      });
    },
  };
}
