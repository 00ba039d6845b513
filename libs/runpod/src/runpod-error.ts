/**
 * `bad-key`: 401 · `no-balance`: 402 · `forbidden`: 403 · `not-found`: 404 · `conflict`: 409, the pod is in another status ·
 * `bad-request`: 422, or any other refusal · `rule-or-capacity`: 400, a rule is broken or nothing is free (the server
 * has no code that tells these apart) · `rate-limited`: 429 too often · `unavailable`: no answer, or 5xx, too often ·
 * `bad-answer`: an answer of an unknown shape · `pod-lost`: the pod vanished or ended · `too-slow`: not ready in time ·
 * `too-large`: a job's input is over the limit of the queue ·
 * `bad-option`: an option out of range · `ambiguous`: several pods where one was meant.
 */
export type RunpodErrorCode =
  | 'bad-key'
  | 'no-balance'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'bad-request'
  | 'rule-or-capacity'
  | 'rate-limited'
  | 'unavailable'
  | 'bad-answer'
  | 'pod-lost'
  | 'too-slow'
  | 'too-large'
  | 'bad-option'
  | 'ambiguous';

/** RunPod cannot do as asked; the message is one line with the mend and never holds the key. */
export class RunpodError extends Error {
  override readonly name = 'RunpodError';
  readonly code: RunpodErrorCode;
  /** HTTP status, where the server answered. */
  readonly status: number | undefined;
  /** Pods that the error is about; they may still be billing. */
  readonly podIds: readonly string[];

  constructor(
    message: string,
    data: { code: RunpodErrorCode; status?: number | undefined; podIds?: readonly string[] },
  ) {
    super(message);
    this.code = data.code;
    this.status = data.status;
    this.podIds = data.podIds ?? [];
  }
}
