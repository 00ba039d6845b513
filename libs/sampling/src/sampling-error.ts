/**
 * `too-few`: more drawings asked than there are · `bad-stratify`: the names cannot be grouped that way ·
 * `bad-option`: an option out of range · `bad-file`: a file without a name or size · `duplicate-stems`: two files
 * that would share one output folder.
 */
export type SamplingErrorCode = 'too-few' | 'bad-stratify' | 'bad-option' | 'bad-file' | 'duplicate-stems';

export interface SamplingErrorData {
  readonly code: SamplingErrorCode;
  /** Drawings asked for; with `too-few`. */
  readonly asked?: number;
  /** Drawings that are there after extreme sizes were dropped; with `too-few`. */
  readonly available?: number;
  /** A few of the names that the message is about. */
  readonly examples?: readonly string[];
}

/** The sample cannot be drawn as asked; the message is one line with the mend. */
export class SamplingError extends Error {
  override readonly name = 'SamplingError';
  readonly code: SamplingErrorCode;
  readonly asked: number | undefined;
  readonly available: number | undefined;
  readonly examples: readonly string[];

  constructor(message: string, data: SamplingErrorData) {
    super(message);
    this.code = data.code;
    this.asked = data.asked;
    this.available = data.available;
    this.examples = data.examples ?? [];
  }
}
