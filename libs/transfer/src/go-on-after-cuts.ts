import { TransferError } from './transfer-error.ts';

export interface CutPolicy {
  /** Waits; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Waits before a new connection, in ms, while nothing gets through; their number is the number of new tries. */
  readonly cutDelaysMs?: readonly number[];
  readonly onCut?: (error: TransferError) => void;
  readonly signal?: AbortSignal;
}

const CUT_DELAYS_MS = [500, 2000, 5000, 15_000, 30_000, 60_000];

/**
 * Does work over a connection, and again from where it was when the connection breaks. Tries count only while nothing gets
 * through.
 *
 * @param measure what got through so far; more of it makes the tries start anew
 * @returns number of cuts
 */
export async function goOnAfterCuts(
  { sleep, cutDelaysMs = CUT_DELAYS_MS, onCut, signal }: CutPolicy,
  work: () => Promise<void>,
  measure: () => number,
): Promise<number> {
  let tries = 0;
  let cuts = 0;
  let before = measure();
  for (;;) {
    try {
      await work();
      return cuts;
    } catch (error) {
      if (!(error instanceof TransferError) || !error.isCut) throw error;
      cuts++;
      onCut?.(error);
      if (measure() > before) tries = 0;
      before = measure();
      const delay = cutDelaysMs[tries++];
      if (delay === undefined) throw error;
      await sleep(delay, signal);
    }
  }
}
