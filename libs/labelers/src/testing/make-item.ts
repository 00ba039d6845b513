import type { TopologyGraph } from '@arae/floorplan';
import type { LabelItem } from '../teachers/teacher.ts';

/** An item whose prompt is its own; the fake teacher looks at no graph. */
export function makeItem(id: string, user = `plan ${id}`): LabelItem {
  return { id, prompt: { system: 'You label plans.', user }, graph: {} as TopologyGraph };
}

export function makeIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `plan-${String(index + 1).padStart(3, '0')}`);
}
