/**
 * What vectors depend on: two embedders with equal identities give equal vectors for equal texts. Plain JSON, so that it can
 * be stored beside the vectors. Every setting that changes a vector belongs into it.
 */
export interface EmbedderIdentity {
  /** What runs the model, for instance `builtin` or `onnx`. */
  readonly engine: string;
  readonly model: string;
  /** What to print for a reader; the only field that does not count for equality. */
  readonly label: string;
  readonly dimensions: number;
  readonly pooling?: string;
  readonly dtype?: string;
  /** The text put before a query; absent where there is none. */
  readonly instruction?: string;
  /** Version of the model or of the algorithm. */
  readonly revision?: string;
  /** Servers: whether the server cut the vectors to the dimensions (true) or this program did. */
  readonly sendDimensions?: boolean;
  /** SHA-256 (hex) of the weights, or of whatever else the vectors follow from. */
  readonly sha256?: string;
}

export interface EmbedOptions {
  /** Some models embed a question and the texts that may answer it differently. */
  readonly kind: 'query' | 'document';
  readonly signal?: AbortSignal;
}

/** Turns texts into vectors of one length, so that texts that say similar things point in similar directions. */
export interface Embedder {
  readonly identity: EmbedderIdentity;
  readonly dimensions: number;
  /**
   * One vector per text, in order, of length 1; a text without content gives the zero vector with `builtin`, that of its
   * final token with a model. Never NaN.
   * Rejects with the signal's reason when aborted, and with an `EmbeddingError` when a text cannot be embedded.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
}
