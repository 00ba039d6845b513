import type { WorkName } from './works.ts';

export interface RowDefinition {
  readonly name: WorkName;
  readonly plainName: string;
  /** The plain side runs in Python. */
  readonly isPython: boolean;
  readonly unit: string;
  /** The smallest; the others are ten and a hundred times as large. */
  readonly size: number;
}

/** The lines of the table; what each side does stands in `works/`. */
export const ROWS: readonly RowDefinition[] = [
  { name: 'sampling', plainName: 'sorting the names', isPython: false, unit: 'names', size: 10_000 },
  { name: 'journal', plainName: 'a JSON file written anew', isPython: false, unit: 'marks', size: 50 },
  { name: 'search', plainName: 'NumPy, float64', isPython: true, unit: 'rows', size: 1000 },
  { name: 'graph', plainName: 'Shapely, a plain graph', isPython: true, unit: 'plans', size: 1 },
  { name: 'input', plainName: 'OpenCV', isPython: true, unit: 'sheets', size: 1 },
  { name: 'boxes', plainName: 'NumPy', isPython: true, unit: 'boxes', size: 1000 },
  { name: 'scheduler', plainName: 'the ideal', isPython: false, unit: 'labels', size: 50 },
  { name: 'dataset', plainName: 'Python without checks', isPython: true, unit: 'rows', size: 100 },
  { name: 'review', plainName: 'a ready answer', isPython: false, unit: 'drawings', size: 20 },
];
