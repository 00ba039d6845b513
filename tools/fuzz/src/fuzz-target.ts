import type { Arbitrary } from 'fast-check';

/** Something that reads from outside. */
export interface FuzzTarget {
  readonly name: string;
  readonly input: Arbitrary<string | Uint8Array>;
  /** Reads the input; what it throws must be one of `errors`. */
  readonly run: (input: string | Uint8Array) => unknown;
  /** Errors with which it may refuse an input, each with a message of one line. */
  readonly errors: readonly (abstract new (...args: never[]) => Error)[];
}
