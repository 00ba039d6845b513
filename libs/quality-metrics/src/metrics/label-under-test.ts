import type { FloorPlanAnalysis, TopologyGraph } from '@arae/floorplan';

/** What a teacher made of one plan that it was asked about. */
export interface LabelUnderTest {
  id: string;
  graph: TopologyGraph;
  /** The final label; null when the item failed. */
  analysis: FloorPlanAnalysis | null;
  /** The final answer was JSON as it came. */
  isJson: boolean;
  /** The final answer's JSON had to be repaired first. */
  isRepaired: boolean;
}
