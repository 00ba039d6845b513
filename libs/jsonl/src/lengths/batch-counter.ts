import type { RowLength, RowLengthCounter } from './row-length.ts';

/** The texts of a row. */
export interface RowTexts {
  readonly system: string;
  readonly user: string;
  readonly answer: string;
}

/** Counts many rows at a time, perhaps elsewhere. */
export interface BatchCounter extends Pick<RowLengthCounter, 'by' | 'tokenizerSha256'> {
  /** Lengths in the order of the rows. Several calls may be under way. */
  count(rows: readonly RowTexts[]): Promise<RowLength[]>;
  close(): Promise<void>;
}

/** A counter that counts here and now, as one of batches. */
export function inBatches(counter: RowLengthCounter): BatchCounter {
  const { by, tokenizerSha256 } = counter;
  return {
    by,
    tokenizerSha256,
    count: (rows) => Promise.resolve(rows.map((row) => counter.count(row, row.answer))),
    close: () => Promise.resolve(),
  };
}
