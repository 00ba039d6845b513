import type { TopologyGraph, TopologyNode } from '@arae/floorplan';

function makeNode(number: number, category: string, label: string, windows: number): TopologyNode {
  return {
    node_id: `space_${number}`,
    node_type: 'space',
    category_id: 13 + number,
    category_name: category,
    label,
    space_type: '공통공간',
    is_outside: false,
    bbox: [100 * number, 0, 100, 100],
    segmentation: null,
    area: 10_000,
    area_ratio: 0.5,
    centroid: [100 * number + 50, 50],
    contains: {
      objects: [],
      ocr_labels: [label],
      structures: {
        doors: [],
        windows: Array.from({ length: windows }, (_, index) => ({
          structure_id: `window_${number}_${index}`,
          type: '외부창',
          bbox: null,
        })),
        walls: [],
      },
    },
  };
}

/** A graph of two spaces, joined by a door. */
export function makeGraph(): TopologyGraph {
  return {
    image_info: { file_name: 'APT_FP_OBJ_000000001.PNG', width: 300, height: 100 },
    nodes: [makeNode(0, '공간_거실', '거실', 1), makeNode(1, '공간_침실', '안방', 1)],
    edges: [
      {
        edge_id: 'edge_0',
        source_node: 'space_0',
        target_node: 'space_1',
        connection_type: 'door',
        connection_id: 'door_0',
      },
    ],
    statistics: {
      total_image_area: 30_000,
      total_space_area: 20_000,
      total_inside_area: 20_000,
      space_count: 2,
      inside_space_count: 2,
      room_count: 1,
      bathroom_count: 0,
      balcony_count: 0,
      bay_count: 2,
      space_type_count: { 공통공간: 2 },
      structure_type: '판상형',
      balcony_ratio: 0,
      windowless_ratio: 0,
    },
  };
}
