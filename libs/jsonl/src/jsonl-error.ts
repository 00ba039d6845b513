/**
 * `not-json`, `not-utf8`, `too-long`, `blank`: a line of a file · `unreadable`: the file itself · `no-value`: a row JSON has
 * no text for · `bad-option`: an option out of range · `duplicate-ids`: a split of ids that are not distinct · `one-group`: a
 * split by groups of rows that all belong together · `bad-tokenizer`: a folder without the tokenizer of a Qwen3.
 */
export type JsonlErrorCode =
  | 'not-json'
  | 'not-utf8'
  | 'too-long'
  | 'blank'
  | 'unreadable'
  | 'no-value'
  | 'bad-option'
  | 'duplicate-ids'
  | 'one-group'
  | 'bad-tokenizer';

/** What went wrong with a row, a file of rows or a split; the message is one line with the mend. */
export class JsonlError extends Error {
  override readonly name = 'JsonlError';
  readonly code: JsonlErrorCode;
  /** The first line of a file is 1; with the errors of lines. */
  readonly lineNumber: number | undefined;
  readonly path: string | undefined;

  constructor(
    message: string,
    data: { code: JsonlErrorCode; lineNumber?: number; path?: string; cause?: unknown },
  ) {
    super(message, data.cause === undefined ? undefined : { cause: data.cause });
    this.code = data.code;
    this.lineNumber = data.lineNumber;
    this.path = data.path;
  }
}
