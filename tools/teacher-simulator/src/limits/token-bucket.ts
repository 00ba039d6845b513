const MINUTE_MS = 60_000;

/** An allowance per minute that fills up evenly and starts full. */
export class TokenBucket {
  readonly limit: number;
  #level: number;
  #updatedAt: number;

  /** @param limit allowance per minute, above 0 */
  constructor(limit: number, now: number) {
    this.limit = limit;
    this.#level = limit;
    this.#updatedAt = now;
  }

  /** What may be taken at once, as a whole number. */
  remaining(now: number): number {
    this.#refill(now);
    return Math.max(0, Math.floor(this.#level));
  }

  /** Milliseconds until `amount` may be taken, 0 when it may be now; Infinity when it exceeds the allowance. */
  waitFor(amount: number, now: number): number {
    this.#refill(now);
    if (amount > this.limit) return Infinity;
    return Math.ceil((Math.max(0, amount - this.#level - 1e-9) / this.limit) * MINUTE_MS);
  }

  /** Milliseconds until the allowance is full again. */
  fullIn(now: number): number {
    this.#refill(now);
    return Math.ceil(((this.limit - this.#level) / this.limit) * MINUTE_MS);
  }

  take(amount: number, now: number): void {
    this.#refill(now);
    this.#level -= amount;
  }

  #refill(now: number): void {
    const gained = ((now - this.#updatedAt) / MINUTE_MS) * this.limit;
    this.#level = Math.min(this.limit, this.#level + Math.max(0, gained));
    this.#updatedAt = now;
  }
}
