import { alignTexts } from './align-texts.ts';
import type { ConfusionTable } from './confusion-table.ts';

/** A text as it was read, and as it stands on the drawing. Both without blanks. */
export interface MisreadText {
  readonly read: string;
  readonly meant: string;
}

/** Counts the confusions in misread texts. Only single characters are kept, so no text can be told from a table. */
export function learnConfusions(texts: readonly MisreadText[]): ConfusionTable {
  const table = new Map<string, Map<string, number>>();
  for (const { read, meant } of texts) {
    for (const step of alignTexts([...read], [...meant]).steps) {
      if (step.read === '' || step.read === step.meant) continue;
      const row = table.get(step.read) ?? new Map<string, number>();
      row.set(step.meant, (row.get(step.meant) ?? 0) + 1);
      table.set(step.read, row);
    }
  }
  const sorted = <Value>(map: ReadonlyMap<string, Value>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted(table).map(([read, row]) => [read, Object.fromEntries(sorted(row))]));
}
