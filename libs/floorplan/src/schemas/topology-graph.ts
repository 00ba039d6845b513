import { z } from 'zod';

/** `[x, y, width, height]` in pixels of the drawing. */
const bboxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const containedObjectSchema = z.looseObject({
  object_id: z.string(),
  category_id: z.number().int(),
  category_name: z.string(),
  bbox: bboxSchema,
});

const containedStructureSchema = z.looseObject({
  structure_id: z.string(),
  type: z.string(),
  /** null where the detection came with an outline only. */
  bbox: bboxSchema.nullable(),
});

const topologyNodeSchema = z.looseObject({
  node_id: z.string(),
  node_type: z.string(),
  category_id: z.number().int(),
  category_name: z.string(),
  label: z.string(),
  space_type: z.string(),
  is_outside: z.boolean(),
  /** null where the detection came with an outline only. */
  bbox: bboxSchema.nullable(),
  /** Rings as flat coordinate lists `[x1, y1, x2, y2, …]`, as detected: null stands for what was not. */
  segmentation: z.array(z.array(z.number().nullable())).nullable(),
  /** px² */
  area: z.number().nonnegative(),
  /** Share (0–1) of the inside area; null outside. */
  area_ratio: z.number().nonnegative().nullable(),
  centroid: z.tuple([z.number(), z.number()]),
  contains: z.looseObject({
    objects: z.array(containedObjectSchema),
    ocr_labels: z.array(z.string()),
    structures: z.looseObject({
      doors: z.array(containedStructureSchema),
      windows: z.array(containedStructureSchema),
      walls: z.array(z.unknown()),
    }),
  }),
});

const topologyEdgeSchema = z.looseObject({
  edge_id: z.string(),
  source_node: z.string(),
  target_node: z.string(),
  connection_type: z.enum(['door', 'window', 'open']),
  connection_id: z.string().nullable(),
});

const count = z.number().int().nonnegative();

export const topologyStatisticsSchema = z.looseObject({
  /** px² */
  total_image_area: z.number().nonnegative(),
  /** px² */
  total_space_area: z.number().nonnegative(),
  /** px² */
  total_inside_area: z.number().nonnegative(),
  space_count: count,
  inside_space_count: count,
  room_count: count,
  bathroom_count: count,
  balcony_count: count,
  bay_count: count,
  space_type_count: z.record(z.string(), count),
  structure_type: z.enum(['판상형', '타워형', '혼합형']),
  /** Per cent of the inside area. */
  balcony_ratio: z.number().nonnegative(),
  /** Per cent of the inside spaces. */
  windowless_ratio: z.number().min(0).max(100),
});

/** `topology_graph.json`. Unknown extra fields are kept. */
export const topologyGraphSchema = z
  .looseObject({
    image_info: z.looseObject({
      file_name: z.string().min(1),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
    }),
    nodes: z.array(topologyNodeSchema),
    edges: z.array(topologyEdgeSchema),
    statistics: topologyStatisticsSchema,
  })
  .superRefine((graph, context) => {
    const seen = new Set<string>();
    graph.nodes.forEach((node, index) => {
      if (seen.has(node.node_id)) {
        context.addIssue({
          code: 'custom',
          path: ['nodes', index, 'node_id'],
          message: `${node.node_id} occurs twice`,
        });
      }
      seen.add(node.node_id);
    });
    graph.edges.forEach((edge, index) => {
      for (const end of ['source_node', 'target_node'] as const) {
        if (!seen.has(edge[end])) {
          context.addIssue({
            code: 'custom',
            path: ['edges', index, end],
            message: `there is no node ${edge[end]}`,
          });
        }
      }
    });
  });

export type TopologyGraph = z.infer<typeof topologyGraphSchema>;
export type TopologyNode = TopologyGraph['nodes'][number];
export type TopologyEdge = TopologyGraph['edges'][number];
export type TopologyStatistics = TopologyGraph['statistics'];
export type StructureType = TopologyStatistics['structure_type'];
