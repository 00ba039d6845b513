/** GEOS could not do an operation, for example an overlay of a degenerate shape. */
export class GeometryError extends Error {
  override readonly name = 'GeometryError';
  /** The operation that failed. */
  readonly operation: string;

  constructor(operation: string, reason: string) {
    super(`${operation} failed${reason === '' ? '' : `: ${reason}`}`);
    this.operation = operation;
  }
}
