import { evaluateRubric, hasWindow, planViewOf } from '@arae/floorplan';
import type { Compliance, FloorPlanAnalysis, TopologyGraph } from '@arae/floorplan';
import type { LabelUnderTest } from '../metrics/label-under-test.ts';

type Node = TopologyGraph['nodes'][number];

export interface Room {
  label: string;
  /** With its prefix, for instance 공간_침실. */
  category: string;
  /** 0–1; null for a space outside. */
  ratio: number | null;
  hasWindow: boolean;
}

/** Suitable in all four items: 판상형 4 Bay, 35 % living and kitchen, 10 % storage, a window in the larger bedroom. */
export const BEST_ROOMS: readonly Room[] = [
  { label: '거실', category: '공간_거실', ratio: 0.25, hasWindow: true },
  { label: '주방', category: '공간_주방', ratio: 0.1, hasWindow: true },
  { label: '침실', category: '공간_침실', ratio: 0.3, hasWindow: true },
  { label: '침실', category: '공간_침실', ratio: 0.2, hasWindow: true },
  { label: '드레스룸', category: '공간_드레스룸', ratio: 0.1, hasWindow: false },
  { label: '화장실', category: '공간_화장실', ratio: 0.05, hasWindow: false },
  { label: '계단실', category: '공간_계단실', ratio: null, hasWindow: false },
];

/** A valid graph; its first room is connected to the second by a door and an opening, and to the third by a door. */
export function makeGraph(rooms: readonly Room[] = BEST_ROOMS): TopologyGraph {
  const edges = (
    [
      [0, 1, 'door'],
      [1, 0, 'open'],
      [0, 2, 'door'],
    ] as const
  ).filter(([source, target]) => Math.max(source, target) < rooms.length);
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
      room_count: 2,
      bathroom_count: 1,
      balcony_count: 0,
      bay_count: 4,
      space_type_count: {},
      structure_type: '판상형',
      balcony_ratio: 12.3,
      windowless_ratio: 30,
    },
  };
}

function makeNode({ label, category, ratio, hasWindow: isLit }: Room, index: number): Node {
  return {
    node_id: `space_${index}`,
    node_type: 'space',
    category_id: 22,
    category_name: category,
    label,
    space_type: '개인공간',
    is_outside: ratio === null,
    bbox: null,
    segmentation: null,
    area: 100,
    area_ratio: ratio,
    centroid: [5, 5],
    contains: {
      objects: [],
      ocr_labels: [label],
      structures: {
        doors: [],
        windows: isLit ? [{ structure_id: `str_${index}`, type: '창호', bbox: null }] : [],
        walls: [],
      },
    },
  };
}

/** A complete analysis that says what the graph says. */
export function correctAnalysis(graph: TopologyGraph): FloorPlanAnalysis {
  const view = planViewOf(graph);
  const { statistics } = view;
  return {
    image_name: view.image_name,
    structure_type: statistics.structure_type,
    bay_count: statistics.bay_count,
    total_spaces: statistics.space_count,
    room_count: statistics.room_count,
    bathroom_count: statistics.bathroom_count,
    balcony_ratio: statistics.balcony_ratio,
    windowless_ratio: statistics.windowless_ratio,
    ventilation_quality: '우수',
    summary: '요약',
    spaces: view.spaces.map((space) => ({
      space_name: space.name,
      space_type: space.space_type,
      area_m2: null,
      area_ratio: space.area_ratio,
      has_window: hasWindow(space),
      features: [],
      connected_spaces: [...new Set(space.connections.map(({ to }) => to))],
      evaluation_comment: '가'.repeat(60),
    })),
    design_evaluation: { 채광: '좋다', 환기: '좋다', 가족융화: '좋다', 수납: '좋다' },
    recommendations: ['나'.repeat(25), '나'.repeat(25), '나'.repeat(25)],
    compliance: {
      overall_grade: evaluateRubric(view).grade,
      compliant_items: ['전면 4Bay'],
      non_compliant_items: [],
      summary: '요약',
    },
  };
}

/** A label of the best plan, after a change of its analysis or graph. */
export function makeLabel(
  change: (analysis: FloorPlanAnalysis & { compliance: Compliance }, graph: TopologyGraph) => unknown = () =>
    undefined,
  rooms?: readonly Room[],
): LabelUnderTest & { analysis: FloorPlanAnalysis } {
  const graph = makeGraph(rooms);
  const analysis = correctAnalysis(graph) as FloorPlanAnalysis & { compliance: Compliance };
  change(analysis, graph);
  return { id: 'A', graph, analysis, isJson: true, isRepaired: false };
}
