/** `bad-option`: an option out of range · `failed`: the engine could not embed a text. */
export type EmbeddingErrorCode = 'bad-option' | 'failed';

/** Texts cannot be embedded as asked; the message is one line with the mend. */
export class EmbeddingError extends Error {
  override readonly name = 'EmbeddingError';
  readonly code: EmbeddingErrorCode;
  /** The text's place in the list, from 0, where one text is to blame. */
  readonly textIndex: number | undefined;

  constructor(message: string, data: { code: EmbeddingErrorCode; textIndex?: number; cause?: unknown }) {
    super(message, data.cause === undefined ? undefined : { cause: data.cause });
    this.code = data.code;
    this.textIndex = data.textIndex;
  }
}
