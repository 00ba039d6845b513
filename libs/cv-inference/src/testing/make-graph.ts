import type { TopologyEdge, TopologyGraph, TopologyNode } from '@arae/floorplan';

type Bbox = [x: number, y: number, width: number, height: number];

export interface GraphRoom {
  bbox: Bbox | null;
  /** Without its prefix. */
  category?: string;
  label?: string;
  /** Rings as a graph has them; default: the corners of the box. */
  segmentation?: TopologyNode['segmentation'];
  /** Boxes by id: an opening between two rooms stands in both under one id. */
  doors?: Record<string, Bbox | null>;
  windows?: Record<string, Bbox | null>;
  /** Category without its prefix and box, by id. */
  fixtures?: Record<string, [category: string, bbox: Bbox]>;
}

/** A graph of these rooms, by node id, and of edges between them. */
export function makeGraph(
  rooms: Readonly<Record<string, GraphRoom>>,
  edges: readonly (readonly [string, string, TopologyEdge['connection_type']])[] = [],
  statistics: Partial<TopologyGraph['statistics']> = {},
): TopologyGraph {
  return {
    image_info: { file_name: 'plan.PNG', width: 1000, height: 800 },
    nodes: Object.entries(rooms).map(([id, room]) => makeNode(id, room)),
    edges: edges.map(([source_node, target_node, connection_type], index) => ({
      edge_id: `edge_${index}`,
      source_node,
      target_node,
      connection_type,
      connection_id: null,
    })),
    statistics: {
      total_image_area: 800_000,
      total_space_area: 1,
      total_inside_area: 1,
      space_count: Object.keys(rooms).length,
      inside_space_count: Object.keys(rooms).length,
      room_count: 1,
      bathroom_count: 1,
      balcony_count: 1,
      bay_count: 2,
      space_type_count: {},
      structure_type: '판상형',
      balcony_ratio: 0,
      windowless_ratio: 0,
      ...statistics,
    },
  };
}

function makeNode(
  id: string,
  { bbox, category = '침실', label = '침실', segmentation, doors, windows, fixtures = {} }: GraphRoom,
): TopologyNode {
  return {
    node_id: id,
    node_type: 'space',
    category_id: 14,
    category_name: `공간_${category}`,
    label,
    space_type: '개인공간',
    is_outside: false,
    bbox,
    segmentation: segmentation === undefined ? cornersOf(bbox) : segmentation,
    area: 1,
    area_ratio: 1,
    centroid: [0, 0],
    contains: {
      objects: Object.entries(fixtures).map(([object_id, [name, box]]) => ({
        object_id,
        category_id: 4,
        category_name: `객체_${name}`,
        bbox: box,
      })),
      ocr_labels: [label],
      structures: { doors: structures('출입문', doors), windows: structures('창호', windows), walls: [] },
    },
  };
}

function cornersOf(bbox: Bbox | null): number[][] | null {
  if (bbox === null) return null;
  const [x, y, width, height] = bbox;
  return [[x, y, x + width, y, x + width, y + height, x, y + height]];
}

function structures(
  type: string,
  boxes: Readonly<Record<string, Bbox | null>> = {},
): TopologyNode['contains']['structures']['doors'] {
  return Object.entries(boxes).map(([structure_id, bbox]) => ({ structure_id, type, bbox }));
}
