import { z } from 'zod';
import { topologyStatisticsSchema } from '../schemas/topology-graph.ts';

const connectionSchema = z.object({
  /** Name of the other space. */
  to: z.string(),
  by: z.enum(['door', 'window', 'open']),
});

const planSpaceSchema = z.object({
  /** Unique within the plan. */
  name: z.string(),
  /** The text in the drawing; left out where it is the name. */
  label: z.string().optional(),
  /** Category without `공간_`. */
  category: z.string(),
  space_type: z.string(),
  is_outside: z.boolean(),
  /** Per cent of the inside area, two decimals; null outside. */
  area_ratio: z.number().nullable(),
  /** Types of the windows. */
  windows: z.array(z.string()),
  /** Types of the doors. */
  doors: z.array(z.string()),
  /** Fixtures without `객체_`. */
  objects: z.array(z.string()),
  connections: z.array(connectionSchema),
});

/** The reading of a topology graph that is shown to a model, and on which rubric and baseline work. */
export const planViewSchema = z.object({
  image_name: z.string(),
  statistics: topologyStatisticsSchema.pick({
    structure_type: true,
    bay_count: true,
    space_count: true,
    inside_space_count: true,
    room_count: true,
    bathroom_count: true,
    balcony_count: true,
    balcony_ratio: true,
    windowless_ratio: true,
  }),
  spaces: z.array(planSpaceSchema),
});

export type PlanView = z.infer<typeof planViewSchema>;
export type PlanSpace = PlanView['spaces'][number];
