import { embedInBatches } from './embed-in-batches.ts';
import type { Embedder, EmbedderIdentity } from './embedder.ts';
import { EmbeddingError } from './embedding-error.ts';
import { queryTextWith, requireWholeNumber } from './options.ts';
import { DEFAULT_RETRY, requestJson } from './request-json.ts';
import type { HttpEffects, RetrySettings } from './request-json.ts';
import { unitRows } from './unit-rows.ts';

export interface OpenaiCompatibleOptions extends HttpEffects {
  /** With the version, for instance `http://127.0.0.1:8000/v1`; `/embeddings` is put behind it. */
  readonly baseURL: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
  /** Default 768. */
  readonly dimensions?: number | undefined;
  /**
   * Whether the server is asked for the dimensions, and held to them (default). Without it its whole vectors are cut here, for
   * servers that know no `dimensions`.
   */
  readonly sendDimensions?: boolean | undefined;
  readonly instruction?: string | undefined;
  /** Texts per request. Default 32. */
  readonly batchSize?: number | undefined;
  /** Requests at the same time. Default 5. */
  readonly concurrency?: number | undefined;
  readonly retry?: Partial<RetrySettings> | undefined;
}

/**
 * An embedder behind any `/v1/embeddings` server: vLLM, Text Embeddings Inference, OpenAI.
 * @throws EmbeddingError `bad-option`
 */
export function createOpenaiCompatibleEmbedder(options: OpenaiCompatibleOptions): Embedder {
  const { model, apiKey, instruction, dimensions = 768, sendDimensions = true } = options;
  const { batchSize = 32, concurrency = 5 } = options;
  requireWholeNumber({ dimensions, batchSize, concurrency });
  const url = `${options.baseURL.replace(/\/+$/, '')}/embeddings`;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const engine = 'openai-compatible';
  const identity: EmbedderIdentity = {
    engine,
    model,
    label: `${model} at ${new URL(url).host}`,
    dimensions,
    // Two servers may run the same name with other weights or another pooling.
    revision: new URL(url).origin,
    // A model that knows `dimensions` need not give what cutting its whole vectors gives.
    sendDimensions,
    ...(instruction === undefined ? {} : { instruction }),
  };
  return {
    identity,
    dimensions,
    embed(texts, { kind, signal }) {
      const inputs = kind === 'query' ? texts.map((text) => queryTextWith(instruction, text)) : texts;
      return embedInBatches(inputs, { batchSize, concurrency, signal }, async (input, firstIndex, both) => {
        const body = { model, input, encoding_format: 'float', ...(sendDimensions ? { dimensions } : {}) };
        const answer = await requestJson(
          { engine, url, method: 'POST', apiKey, body, signal: both },
          options,
          retry,
        );
        return unitRows(inOrder(answer, firstIndex), {
          engine,
          count: input.length,
          dimensions,
          truncate: !sendDimensions,
          firstIndex,
        });
      });
    },
  };
}

/** The vectors by their `index`: servers need not keep the order. */
function inOrder(answer: unknown, firstIndex: number): unknown {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) return undefined;
  const vectors: unknown[] = [];
  for (const [place, item] of (data as ({ index?: number; embedding?: unknown } | null)[]).entries()) {
    const index = item?.index ?? place;
    if (!Number.isInteger(index) || index < 0 || index >= data.length || index in vectors) {
      throw new EmbeddingError(
        `openai-compatible gave a vector with index ${index} among ${data.length} (from text ${firstIndex}): check the server`,
        { code: 'failed', textIndex: firstIndex },
      );
    }
    vectors[index] = item?.embedding;
  }
  return vectors;
}
