import {
  createBuiltinEmbedder,
  createOpenaiCompatibleEmbedder,
  createQwen3Embedder,
  createRunpodEmbedder,
  EmbeddingError,
} from '@arae/embeddings';
import type { Embedder } from '@arae/embeddings';
import { UsageError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';

/**
 * The embedder that `rag` asks for.
 * @throws UsageError where a setting or a key is missing, or the model cannot be loaded
 */
export async function createEmbedder(
  { config: { rag }, env, clock }: Pick<RunContext, 'config' | 'env' | 'clock'>,
  documents: readonly string[],
): Promise<Embedder> {
  const common = {
    dimensions: rag.dimensions,
    instruction: rag.instruction ?? undefined,
    batchSize: rag.batchSize,
  };
  const served = {
    ...common,
    model: rag.model ?? undefined,
    concurrency: rag.concurrency,
    fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
  };
  const key = env[rag.apiKeyEnv];
  try {
    switch (rag.engine) {
      case 'builtin':
        return createBuiltinEmbedder({ documents, dimensions: rag.dimensions });
      case 'qwen3':
        return await createQwen3Embedder({
          ...common,
          modelDir: rag.modelDir ?? undefined,
          model: rag.model ?? undefined,
          revision: rag.revision ?? undefined,
          dtype: rag.dtype,
          device: rag.device,
          pooling: rag.pooling,
          maxLength: rag.maxLength,
        });
      case 'openai-compatible': {
        const { baseURL, model } = rag;
        if (baseURL === null || model === null)
          throw new UsageError('rag.engine is openai-compatible: set rag.baseURL and rag.model');
        const { sendDimensions } = rag;
        return createOpenaiCompatibleEmbedder({ ...served, baseURL, model, apiKey: key, sendDimensions });
      }
      case 'runpod-serverless': {
        if (rag.endpointId === null || key === undefined)
          throw new UsageError(
            `rag.engine is runpod-serverless: set rag.endpointId, and the key in the environment variable ${rag.apiKeyEnv} (rag.apiKeyEnv)`,
          );
        return createRunpodEmbedder({
          ...served,
          endpointId: rag.endpointId,
          apiKey: key,
          baseURL: rag.baseURL ?? undefined,
          now: () => clock.now(),
        });
      }
    }
  } catch (error) {
    if (error instanceof EmbeddingError) throw new UsageError(`rag: ${error.message}`);
    throw error;
  }
}
