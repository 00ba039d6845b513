import { AnswerTooLargeError } from '@arae/progress';

/** An answer that is too long, or nested too deeply for the stack of the SDK: the server's fault, not the program's. */
export function isUnreadable(error: unknown): error is Error {
  return error instanceof AnswerTooLargeError || error instanceof RangeError || error instanceof SyntaxError;
}
