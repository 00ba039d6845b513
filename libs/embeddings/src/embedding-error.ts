/**
 * `bad-option`: an option out of range · `failed`: the engine could not embed a text, or gave something that is no vector ·
 * `unavailable`: the engine cannot be reached, loaded, or refuses the request.
 */
export type EmbeddingErrorCode = 'bad-option' | 'failed' | 'unavailable';

/** Texts cannot be embedded as asked; the message is one line with the mend. */
export class EmbeddingError extends Error {
  override readonly name = 'EmbeddingError';
  readonly code: EmbeddingErrorCode;
  /** The text's place in the list, from 0, where one text is to blame. */
  readonly textIndex: number | undefined;
  /** HTTP status, where a server answered with one. */
  readonly status: number | undefined;

  constructor(
    message: string,
    data: { code: EmbeddingErrorCode; textIndex?: number; status?: number; cause?: unknown },
  ) {
    super(message, data.cause === undefined ? undefined : { cause: data.cause });
    this.code = data.code;
    this.textIndex = data.textIndex;
    this.status = data.status;
  }
}
