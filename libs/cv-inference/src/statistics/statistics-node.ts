import type { SpelledNode } from '../spaces/graph-space.ts';

/** What the statistics need of a node. */
export type StatisticsNode = Pick<
  SpelledNode,
  'node_id' | 'category_name' | 'label' | 'space_type' | 'is_outside' | 'area' | 'centroid' | 'contains'
>;
