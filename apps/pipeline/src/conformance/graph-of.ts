/** A space of a made graph. */
export interface Space {
  label: string;
  category?: string;
  ratio?: number | null;
  windows?: number;
  doors?: number;
  objects?: string[];
}

/** What a made graph is made from. */
export interface Plan {
  spaces: Space[];
  edges?: [number, number, string][];
  statistics?: object;
  fileName?: string;
}

/** The text of a valid graph whose nodes are `space_0`, `space_1` …; edges are given by their indices. */
export function graphOf({ spaces, edges = [], statistics = {}, fileName = 'EDGE.PNG' }: Plan): string {
  const things = (count: number, kind: string, type: string) =>
    Array.from({ length: count }, (_, index) => ({ structure_id: `${kind}_${index}`, type, bbox: null }));
  return JSON.stringify({
    image_info: { file_name: fileName, width: 4960, height: 3488, dpi: 300 },
    nodes: spaces.map(
      ({ label, category = '공간_기타', ratio = 0.1, windows = 0, doors = 0, objects = [] }, index) => ({
        node_id: `space_${index}`,
        node_type: 'space',
        category_id: 22,
        category_name: category,
        label,
        space_type: '미분류',
        is_outside: ratio === null,
        bbox: [0, 0, 10.5, 10],
        segmentation: null,
        area: 100.0,
        area_ratio: ratio,
        centroid: [5, 5],
        contains: {
          objects: objects.map((name, at) => ({
            object_id: `obj_${at}`,
            category_id: 6,
            category_name: name,
            bbox: [0, 0, 1, 1],
          })),
          ocr_labels: [label],
          structures: {
            doors: things(doors, 'door', '출입문'),
            windows: things(windows, 'win', '창호'),
            walls: [],
          },
        },
      }),
    ),
    edges: edges.map(([source, target, kind], index) => ({
      edge_id: `edge_${index}`,
      source_node: `space_${source}`,
      target_node: `space_${target}`,
      connection_type: kind,
      connection_id: null,
    })),
    statistics: {
      total_image_area: 17300480,
      total_space_area: 1000,
      total_inside_area: 1000,
      space_count: spaces.length,
      inside_space_count: spaces.length,
      room_count: 2,
      bathroom_count: 1,
      balcony_count: 0,
      bay_count: 2,
      space_type_count: { 미분류: spaces.length },
      structure_type: '판상형',
      balcony_ratio: 0,
      windowless_ratio: 50,
      ...statistics,
    },
  });
}
