export type { Embedder, EmbedderIdentity, EmbedOptions } from './embedder.ts';
export { embedderKey } from './embedder-key.ts';
export { createBuiltinEmbedder, type BuiltinEmbedderOptions } from './create-builtin-embedder.ts';
export { EmbeddingError, type EmbeddingErrorCode } from './embedding-error.ts';
