import { findNearestPairs, groupRows, splitGroups, splitRows } from '@arae/jsonl';
import type { NearestPairs } from '@arae/jsonl';
import type { DatasetConfig } from '../config/dataset-schema.ts';
import type { RowFacts } from './row-facts.ts';

/** Pairs that are shown. */
const SHOWN = 10;

export interface DatasetSplit {
  /** In the order in which the rows are written. */
  sides: Record<'train' | 'val' | 'test', RowFacts[]>;
  leakage: {
    /** Groups of rows that are equal or nearly equal, of two rows or more. */
    groups: number;
    /** Rows in them. */
    grouped: number;
    /** Rows of the largest of them. */
    largest: number;
    /** Groups that lie on both sides. */
    torn: number;
    nearest: NearestPairs;
  };
}

/** Splits the rows as the settings say, and looks at what the sides have in common. */
export function splitDataset(rows: readonly RowFacts[], settings: DatasetConfig): DatasetSplit {
  const groups = groupRows(rows, settings.nearDuplicate);
  const split =
    settings.split === 'group'
      ? splitGroups(groups, settings)
      : splitRows(
          rows.map(({ id }) => id),
          settings,
        );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const factsOf = (ids: readonly string[]) => ids.map((id) => byId.get(id)!);
  const sides = {
    train: factsOf(split.train),
    val: factsOf(split.val),
    test: factsOf(split.test),
  };
  const shared = groups.filter(({ length }) => length > 1);
  const held = new Set([...split.val, ...split.test]);
  return {
    sides,
    leakage: {
      groups: shared.length,
      grouped: shared.reduce((sum, { length }) => sum + length, 0),
      largest: shared.reduce((most, { length }) => Math.max(most, length), 0),
      torn: shared.filter((group) => isTorn(group, held)).length,
      nearest: findNearestPairs(sides.train, [...sides.val, ...sides.test], SHOWN),
    },
  };
}

/** Between training and what is held back; what is held back is not trained, so val and test may share. */
const isTorn = (group: readonly string[], held: ReadonlySet<string>): boolean =>
  group.some((id) => held.has(id)) && !group.every((id) => held.has(id));
