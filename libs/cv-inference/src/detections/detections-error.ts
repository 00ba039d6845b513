/** Where something stands in the detections of an image. */
export interface DetectionsPlace {
  /** The file, where known. */
  readonly file?: string | undefined;
  /** For example `spa[3].area`; empty for the whole. */
  readonly field: string;
}

/** The detections of an image cannot be used. */
export class DetectionsError extends Error {
  override readonly name = 'DetectionsError';
  readonly file: string | undefined;
  readonly field: string;

  constructor({ file, field }: DetectionsPlace, problem: string, cause?: unknown) {
    super(
      [file, field, problem].filter((part) => part !== undefined && part !== '').join(': '),
      cause === undefined ? {} : { cause },
    );
    this.file = file;
    this.field = field;
  }
}
