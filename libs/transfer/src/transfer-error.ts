/**
 * `unreachable`: no SSH connection · `refused`: the far side does not let us in, or its host key is another one ·
 * `command-failed`: a program of the far side failed · `bad-path`: a file name that cannot be sent · `changed`: a file kept
 * changing while it was sent · `conflict`: both sides have changed a file · `cut`: the connection broke too often ·
 * `bad-credentials`: the S3 interface does not let us in · `no-volume`: there is no such network volume ·
 * `missing-tool`: a program is missing on one side · `not-verified`: what arrived is not what was sent.
 */
export type TransferErrorCode =
  | 'unreachable'
  | 'refused'
  | 'command-failed'
  | 'bad-path'
  | 'changed'
  | 'conflict'
  | 'cut'
  | 'bad-credentials'
  | 'no-volume'
  | 'missing-tool'
  | 'not-verified';

/** A transfer cannot be done; the message is one line with the mend. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly code: TransferErrorCode;
  /** Files that it is about, relative to the folder. */
  readonly paths: readonly string[];
  /** Exit code of the far program, for `command-failed`. */
  readonly exitCode: number | undefined;

  constructor(
    message: string,
    data: { code: TransferErrorCode; paths?: readonly string[]; exitCode?: number | undefined },
  ) {
    super(message);
    this.code = data.code;
    this.paths = data.paths ?? [];
    this.exitCode = data.exitCode;
  }

  /** True when a new connection may help. */
  get isCut(): boolean {
    return this.code === 'unreachable' || this.code === 'cut';
  }
}
