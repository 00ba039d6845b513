import { chooseMaxLength, countOver } from '@arae/jsonl';
import type { DatasetConfig } from '../config/dataset-schema.ts';
import type { DroppedItem } from './dropped-item.ts';
import type { RowFacts } from './row-facts.ts';

export interface LengthVerdict {
  /** Tokens that a row may have. */
  maxSeqLength: number;
  /** What the setting would be if it were not set. */
  recommended: number;
  /** Rows that are longer. */
  over: number;
  /** More of them than may be dropped: nothing is written. */
  isTooMany: boolean;
  kept: RowFacts[];
  dropped: DroppedItem[];
}

/** Chooses how long rows may be, and what becomes of longer ones. */
export function judgeLengths(rows: readonly RowFacts[], settings: DatasetConfig): LengthVerdict {
  const { overLength, maxOverLengthShare } = settings;
  const tokens = rows.map((row) => row.tokens);
  const recommended = chooseMaxLength(tokens, 1 - maxOverLengthShare);
  const maxSeqLength = settings.maxSeqLength ?? recommended;
  const over = countOver(tokens, maxSeqLength);
  const isDropped = ({ tokens: length }: RowFacts) => overLength !== 'keep' && length > maxSeqLength;
  return {
    maxSeqLength,
    recommended,
    over,
    isTooMany: overLength === 'limit' && over > rows.length * maxOverLengthShare,
    kept: rows.filter((row) => !isDropped(row)),
    dropped: rows.filter(isDropped).map(({ id, tokens: length }) => ({
      id,
      code: 'too_long',
      reason: `${length} tokens, more than ${maxSeqLength}`,
    })),
  };
}
