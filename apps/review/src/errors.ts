/** Something that the user can mend: wrong arguments or a data folder without what is needed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A request that is not answered; the message goes to the page. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 422;

  constructor(status: RefusedError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
