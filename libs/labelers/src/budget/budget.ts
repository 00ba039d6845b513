/** The money that a run may spend. Amounts are USD. */
export interface Budget {
  /** The cap; null without one. */
  readonly maxUsd: number | null;
  /** What is paid, earlier runs included, and what may have been paid without our learning how much. */
  readonly spentUsd: number;
  /** What requests under way may cost at most. */
  readonly reservedUsd: number;
  /** What may still be set aside; Infinity without a cap. */
  readonly availableUsd: number;
  /**
   * Sets aside what a request may cost at most. Waits while requests under way could still take the last of the money; in
   * the order of the calls.
   *
   * @throws BudgetReachedError when what is left does not cover it; the signal's reason when aborted.
   */
  reserve(worstUsd: number, signal?: AbortSignal): Promise<Reservation>;
  /** Sets aside what is spent whether it fits or not: a request that was sent under an earlier cap. */
  commit(worstUsd: number): Reservation;
}

/** Money set aside for one request; settled once, whatever became of it. */
export interface Reservation {
  readonly worstUsd: number;
  /** @param actualUsd what it has cost; 0 for a request that was refused */
  settle(actualUsd: number): void;
}

/** The cap does not cover another request. */
export class BudgetReachedError extends Error {
  override readonly name = 'BudgetReachedError';
  readonly maxUsd: number;
  readonly spentUsd: number;
  /** What the next request may cost at most. */
  readonly neededUsd: number;

  constructor(maxUsd: number, spentUsd: number, neededUsd: number) {
    super(
      `stopped at the budget: USD ${spentUsd.toFixed(4)} of ${maxUsd} are spent and the next request may cost up to ${neededUsd.toFixed(4)}: start again with a higher --max-cost, what is answered is kept`,
    );
    this.maxUsd = maxUsd;
    this.spentUsd = spentUsd;
    this.neededUsd = neededUsd;
  }
}

interface Waiter {
  worstUsd: number;
  grant: () => void;
  refuse: (error: Error) => void;
}

/**
 * A budget shared by all requests of a run. Since the worst case is set aside before a request starts and settled after it, the
 * cap holds with any number of requests under way, as long as no request costs more than its worst case.
 *
 * @param spentUsd what earlier runs have spent of it
 */
export function createBudget(maxUsd: number | null, spentUsd: number): Budget {
  const limit = maxUsd ?? Infinity;
  let spent = spentUsd;
  let reserved = 0;
  let underWay = 0;
  const waiting: Waiter[] = [];

  function serve(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (spent + reserved + next.worstUsd <= limit) {
        waiting.shift();
        next.grant();
      } else if (underWay === 0) {
        waiting.shift();
        next.refuse(new BudgetReachedError(limit, spent, next.worstUsd));
      } else return;
    }
  }

  function take(worstUsd: number): Reservation {
    reserved += worstUsd;
    underWay++;
    let isSettled = false;
    return {
      worstUsd,
      settle(actualUsd) {
        if (isSettled) return;
        isSettled = true;
        underWay--;
        // Sums of fractions drift; without requests under way nothing is set aside.
        reserved = underWay === 0 ? 0 : reserved - worstUsd;
        spent += actualUsd;
        serve();
      },
    };
  }

  return {
    maxUsd,
    get spentUsd() {
      return spent;
    },
    get reservedUsd() {
      return reserved;
    },
    get availableUsd() {
      return limit - spent - reserved;
    },
    commit: take,
    reserve: (worstUsd, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const onAbort = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal?.reason as Error);
          serve();
        };
        const waiter: Waiter = {
          worstUsd,
          grant: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve(take(worstUsd));
          },
          refuse: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(waiter);
        serve();
      }),
  };
}
