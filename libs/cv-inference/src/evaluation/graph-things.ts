import type { TopologyGraph } from '@arae/floorplan';
import type { Bbox } from './box-iou.ts';

export interface BoxedThing {
  readonly category: string;
  readonly bbox: Bbox;
}

export interface RoomThing {
  readonly id: string;
  readonly category: string;
  readonly label: string;
  /** `[x1, y1, x2, y2, …]`; the box's corners where the graph has no outline. */
  readonly outline: readonly number[];
}

export interface GraphThings {
  readonly rooms: readonly RoomThing[];
  readonly doors: readonly BoxedThing[];
  readonly windows: readonly BoxedThing[];
  readonly fixtures: readonly BoxedThing[];
}

/** What a graph holds, each thing once: an opening stands in every room that it meets. */
export function graphThings({ nodes }: TopologyGraph): GraphThings {
  const doors = new Map<string, BoxedThing>();
  const windows = new Map<string, BoxedThing>();
  const fixtures = new Map<string, BoxedThing>();
  const rooms: RoomThing[] = [];
  for (const node of nodes) {
    const { objects, structures } = node.contains;
    for (const { object_id, category_name, bbox } of objects)
      fixtures.set(object_id, { category: category_name, bbox });
    for (const { structure_id, bbox } of structures.doors) {
      if (bbox !== null) doors.set(structure_id, { category: 'door', bbox });
    }
    for (const { structure_id, bbox } of structures.windows) {
      if (bbox !== null) windows.set(structure_id, { category: 'window', bbox });
    }
    const ring = (node.segmentation?.[0] ?? []).filter((value) => value !== null);
    const outline = ring.length >= 6 ? ring : cornersOf(node.bbox);
    rooms.push({ id: node.node_id, category: node.category_name, label: node.label, outline });
  }
  return {
    rooms,
    doors: [...doors.values()],
    windows: [...windows.values()],
    fixtures: [...fixtures.values()],
  };
}

function cornersOf(bbox: Bbox | null): number[] {
  if (bbox === null) return [];
  const [x, y, width, height] = bbox;
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}
