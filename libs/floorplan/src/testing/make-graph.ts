import type { TopologyEdge, TopologyGraph, TopologyNode } from '../schemas/topology-graph.ts';

export interface Room {
  label: string;
  /** With its prefix, for instance 공간_침실. */
  category?: string;
  /** 0–1; null for a space outside. */
  ratio?: number | null;
  windows?: number;
  doors?: number;
  objects?: string[];
}

/** A valid graph with these rooms as `space_0`, `space_1` … and edges between their indices. */
export function makeGraph(
  rooms: readonly Room[],
  edges: readonly [number, number, TopologyEdge['connection_type']][] = [],
): TopologyGraph {
  return {
    image_info: { file_name: 'A.PNG', width: 100, height: 80 },
    nodes: rooms.map(makeNode),
    edges: edges.map(([source, target, connection_type], index) => ({
      edge_id: `edge_${index}`,
      source_node: `space_${source}`,
      target_node: `space_${target}`,
      connection_type,
      connection_id: null,
    })),
    statistics: {
      total_image_area: 8000,
      total_space_area: 4000,
      total_inside_area: 4000,
      space_count: rooms.length,
      inside_space_count: rooms.filter(({ ratio }) => ratio !== null).length,
      room_count: 1,
      bathroom_count: 1,
      balcony_count: 0,
      bay_count: 3,
      space_type_count: { 개인공간: 1 },
      structure_type: '판상형',
      balcony_ratio: 12.3456,
      windowless_ratio: 25,
    },
  };
}

function makeNode(
  { label, category = '공간_기타', ratio = 0.1, windows = 0, doors = 0, objects = [] }: Room,
  index: number,
): TopologyNode {
  return {
    node_id: `space_${index}`,
    node_type: 'space',
    category_id: 22,
    category_name: category,
    label,
    space_type: '개인공간',
    is_outside: ratio === null,
    bbox: [0, 0, 10, 10],
    segmentation: [[0, 0, 0, 10, 10, 10, 10, 0]],
    area: 100,
    area_ratio: ratio,
    centroid: [5, 5],
    contains: {
      objects: objects.map((name, number) => ({
        object_id: `obj_${number}`,
        category_id: 4,
        category_name: name,
        bbox: [1, 1, 2, 2],
      })),
      ocr_labels: [label],
      structures: {
        doors: structures('출입문', doors),
        windows: structures('창호', windows),
        walls: [],
      },
    },
  };
}

function structures(type: string, count: number): TopologyNode['contains']['structures']['doors'] {
  return Array.from({ length: count }, (_, index) => ({
    structure_id: `${type}_${index}`,
    type,
    bbox: null,
  }));
}
