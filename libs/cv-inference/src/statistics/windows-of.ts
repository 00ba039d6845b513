import { DetectionsError } from '../detections/detections-error.ts';
import { boxOf } from '../detections/needed.ts';
import type { Box } from '../detections/needed.ts';
import type { StatisticsNode } from './statistics-node.ts';

/** The bboxes of a space's windows. */
export function windowsOf({ node_id, contains }: StatisticsNode): Box[] {
  return contains.structures.windows.map(({ structure_id, bbox }) => {
    if (bbox === null)
      throw new DetectionsError({ field: `window ${structure_id} of ${node_id}` }, 'no bbox');
    return boxOf(bbox);
  });
}

/** The item with the largest value, the first of equals; undefined for none. */
export function largestBy<Item>(items: readonly Item[], valueOf: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (largest, item) => (largest === undefined || valueOf(item) > valueOf(largest) ? item : largest),
    undefined,
  );
}
