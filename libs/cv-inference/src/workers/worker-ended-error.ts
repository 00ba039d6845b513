/** A worker thread ended while something was asked of it. */
export class WorkerEndedError extends Error {
  override readonly name = 'WorkerEndedError';
  /** Which worker, in words. */
  readonly worker: string;

  constructor(worker: string, reason: string) {
    super(`the ${worker} ended in the middle of its work: ${reason}`);
    this.worker = worker;
  }
}
