export type { Embedder, EmbedderIdentity, EmbedOptions } from './embedder.ts';
export { embedderKey } from './embedder-key.ts';
export { createBuiltinEmbedder, type BuiltinEmbedderOptions } from './create-builtin-embedder.ts';
export {
  createQwen3Embedder,
  type Qwen3Device,
  type Qwen3Dtype,
  type Qwen3EmbedderOptions,
} from './create-qwen3-embedder.ts';
export {
  createOpenaiCompatibleEmbedder,
  type OpenaiCompatibleOptions,
} from './create-openai-compatible-embedder.ts';
export { createRunpodEmbedder, type RunpodEmbedderOptions } from './create-runpod-embedder.ts';
export type { Pooling } from './pool-hidden.ts';
export type { HttpEffects, RetrySettings } from './request-json.ts';
export { EmbeddingError, type EmbeddingErrorCode } from './embedding-error.ts';
