/**
 * Why a drawing cannot be used. `missing`: no such file. `unreadable`: the file cannot be opened or is far too long.
 * `not-a-picture`: no format that is read here. `damaged`: a picture, but cut off or broken. `too-large` and
 * `too-small`: its size in pixels.
 */
export type DrawingFault = 'missing' | 'unreadable' | 'not-a-picture' | 'damaged' | 'too-large' | 'too-small';

/** A drawing cannot be used. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError';
  readonly reason: DrawingFault;
  /** The file, where it came from one. */
  readonly file: string | undefined;

  constructor(
    reason: DrawingFault,
    problem: string,
    { file, cause }: { file?: string | undefined; cause?: unknown } = {},
  ) {
    super(file === undefined ? problem : `${file}: ${problem}`, cause === undefined ? {} : { cause });
    this.reason = reason;
    this.file = file;
  }
}
