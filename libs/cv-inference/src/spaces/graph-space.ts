import type { TopologyNode } from '@arae/floorplan';
import type { SpaceAnnotation } from '../detections/detections.ts';
import type { Spelled } from '../numbers/spelled-number.ts';
import type { Shape } from './shape.ts';

export type SpelledNode = Spelled<TopologyNode>;

/** A node of the graph with the space that it stands for. */
export interface GraphSpace {
  readonly node: SpelledNode;
  readonly shape: Shape<SpaceAnnotation>;
}
