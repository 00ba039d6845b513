/** `empty`: no rows, or rows of no length · `bad-row`, `bad-query`: a vector that cannot be compared · `bad-option`. */
export type VectorErrorCode = 'empty' | 'bad-row' | 'bad-query' | 'bad-option';

/** Vectors that cannot be searched; the message is one line and names the vector. */
export class VectorError extends Error {
  override readonly name = 'VectorError';
  readonly code: VectorErrorCode;
  /** The vector's place among the rows or queries, from 0, where one is to blame. */
  readonly index: number | undefined;

  constructor(message: string, data: { code: VectorErrorCode; index?: number }) {
    super(message);
    this.code = data.code;
    this.index = data.index;
  }
}
