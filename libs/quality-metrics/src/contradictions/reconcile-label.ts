import { planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, TopologyGraph } from '@arae/floorplan';

/** A label whose decided fields come from the graph. */
export interface ReconciledLabel {
  analysis: FloorPlanAnalysis;
  /** JSON Pointers of the fields that were set, in the order of the analysis. */
  changed: string[];
}

/**
 * Sets the fields that the graph alone decides: image name, structure type, counts, and the ratios of the plan and of its
 * spaces. Ratios that a label leaves out stay out; judgements, windows and connections are not touched.
 */
export function reconcileLabel(analysis: FloorPlanAnalysis, graph: TopologyGraph): ReconciledLabel {
  const view = planViewOf(graph);
  const { statistics } = view;
  const decided = {
    image_name: view.image_name,
    structure_type: statistics.structure_type,
    bay_count: statistics.bay_count,
    total_spaces: statistics.space_count,
    room_count: statistics.room_count,
    bathroom_count: statistics.bathroom_count,
    balcony_ratio: statistics.balcony_ratio,
    windowless_ratio: statistics.windowless_ratio,
  };
  const changed = Object.entries(decided)
    .filter(([field, fact]) => analysis[field as keyof typeof decided] !== fact)
    .map(([field]) => `/${field}`);
  const byName = new Map(view.spaces.map((space) => [space.name, space]));
  const spaces = analysis.spaces.map((claimed, index) => {
    const fact = byName.get(claimed.space_name)?.area_ratio;
    if (fact === undefined || claimed.area_ratio === null || claimed.area_ratio === fact) return claimed;
    changed.push(`/spaces/${index}/area_ratio`);
    return { ...claimed, area_ratio: fact };
  });
  return { analysis: { ...analysis, ...decided, spaces }, changed };
}
