/** The output of a text recogniser does not fit what is said about it. */
export class TextDecodingError extends Error {
  override readonly name = 'TextDecodingError';
  /** What is wrong: the number of values, or the size of the vocabulary. */
  readonly reason: 'size' | 'vocabulary';

  constructor(reason: 'size' | 'vocabulary', problem: string) {
    super(`text recogniser: ${problem}`);
    this.reason = reason;
  }
}
