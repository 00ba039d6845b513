import type { TopologyNode } from '../schemas/topology-graph.ts';
import { withoutCategoryPrefix } from './without-category-prefix.ts';

/**
 * A unique name for every node, in node order: its label, numbered from 1 where the label repeats (침실1, 침실2 …).
 * A number that another node already has as its own label is passed over; a node without a label goes by its category.
 */
export function uniqueSpaceNames(nodes: readonly Pick<TopologyNode, 'label' | 'category_name'>[]): string[] {
  const labels = nodes.map(({ label, category_name }) =>
    label.trim() === '' ? withoutCategoryPrefix(category_name) || '공간' : label,
  );
  const occurrences = new Map<string, number>();
  for (const label of labels) occurrences.set(label, (occurrences.get(label) ?? 0) + 1);

  const taken = new Set(labels);
  const lastNumber = new Map<string, number>();
  return labels.map((label) => {
    if (occurrences.get(label) === 1) return label;
    let number = lastNumber.get(label) ?? 0;
    let name: string;
    do name = `${label}${++number}`;
    while (taken.has(name));
    lastNumber.set(label, number);
    taken.add(name);
    return name;
  });
}
