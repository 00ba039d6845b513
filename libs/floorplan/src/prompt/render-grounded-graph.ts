import { planViewOf } from '../plan-view/plan-view-of.ts';
import type { PlanSpace } from '../plan-view/plan-view.ts';
import type { TopologyGraph } from '../schemas/topology-graph.ts';

/** What a space may show beside its name and category; a pack can choose. */
export const SPACE_FIELDS = [
  'label',
  'space_type',
  'is_outside',
  'area_ratio',
  'windows',
  'doors',
  'objects',
  'connections',
] as const;
export type SpaceField = (typeof SPACE_FIELDS)[number];

export interface GroundedRendering {
  /** Blanks per level; 0 is compact and takes about 45 % fewer tokens. */
  indent: number;
  /** Default: all. */
  fields?: readonly SpaceField[] | undefined;
}

/**
 * The graph as a model sees it: unique names, and the doors and windows of every space. JSON whose texts cannot be read as anything
 * else: `<` is written as its escape, so that no text of a drawing forms a control token of a chat template (`<|im_end|>`, `</think>`).
 */
export function renderGroundedGraph(graph: TopologyGraph, { indent, fields }: GroundedRendering): string {
  const view = planViewOf(graph);
  const shown =
    fields === undefined ? view : { ...view, spaces: view.spaces.map((space) => select(space, fields)) };
  return JSON.stringify(shown, null, indent).replaceAll('<', '\\u003c');
}

function select(space: PlanSpace, fields: readonly string[]): Partial<PlanSpace> {
  return Object.fromEntries(
    Object.entries(space).filter(([key]) => key === 'name' || key === 'category' || fields.includes(key)),
  );
}
