/** `damaged`: not a whole NumPy file · `unsupported`: one of another kind · `bad-row`: rows that make no table. */
export type NpyErrorCode = 'damaged' | 'unsupported' | 'bad-row';

/** A NumPy file that cannot be read or written; the message is one line with the mend. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
  readonly code: NpyErrorCode;

  constructor(message: string, data: { code: NpyErrorCode }) {
    super(message);
    this.code = data.code;
  }
}
