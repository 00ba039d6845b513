import { planViewSchema, uniqueSpaceNames } from '@arae/floorplan';
import type { PlanView } from '@arae/floorplan';
import { z } from 'zod';

const legacyPlanSchema = z.object({
  image_info: z.object({ file_name: z.string() }),
  nodes: z.array(
    z.object({
      node_id: z.string(),
      label: z.string(),
      space_type: z.string(),
      is_outside: z.boolean(),
      /** Share (0–1) of the inside area. */
      area_ratio: z.number().nullable(),
    }),
  ),
  edges: z.array(
    z.object({
      source_node: z.string(),
      target_node: z.string(),
      connection_type: z.enum(['door', 'window', 'open']),
    }),
  ),
  statistics: planViewSchema.shape.statistics,
});

/** The category is not part of this rendering; the rubric needs it, so it is read off the label. */
const CATEGORY_OF_LABEL: readonly (readonly [RegExp, string])[] = [
  [/드레스|옷방/, '드레스룸'],
  [/발코니|베란다/, '발코니'],
  [/주방|키친|kitchen|식당/i, '주방'],
  [/거실|living/i, '거실'],
  [/욕실|화장실|샤워/, '화장실'],
  [/안방|침실|bed/i, '침실'],
  [/현관/, '현관'],
  [/계단/, '계단실'],
  [/실외기/, '실외기실'],
  [/홀$/, '엘리베이터홀'],
  [/엘리베이터|^e\/?v$/i, '엘리베이터'],
];

/**
 * The plan view of the `legacy` rendering of a graph, which shows no windows, doors or fixtures; null when the value is
 * no such rendering.
 */
export function legacyPlan(value: unknown): PlanView | null {
  const parsed = legacyPlanSchema.safeParse(value);
  if (!parsed.success) return null;
  const { image_info, nodes, edges, statistics } = parsed.data;

  const categories = nodes.map(
    ({ label }) => CATEGORY_OF_LABEL.find(([pattern]) => pattern.test(label))?.[1] ?? '기타',
  );
  const names = uniqueSpaceNames(
    nodes.map(({ label }, index) => ({ label, category_name: categories[index] as string })),
  );
  const nameById = new Map(nodes.map(({ node_id }, index) => [node_id, names[index] as string]));
  const connectionsOf = (id: string) =>
    edges.flatMap(({ source_node, target_node, connection_type }) => {
      const other = source_node === id ? target_node : target_node === id ? source_node : null;
      const to = other === null ? undefined : nameById.get(other);
      return to === undefined ? [] : [{ to, by: connection_type }];
    });

  return {
    image_name: image_info.file_name,
    statistics,
    spaces: nodes.map(({ node_id, label, space_type, is_outside, area_ratio }, index) => ({
      name: names[index] as string,
      ...(label === names[index] ? {} : { label }),
      category: categories[index] as string,
      space_type,
      is_outside,
      area_ratio: area_ratio === null ? null : Math.round(area_ratio * 10_000) / 100,
      windows: [],
      doors: [],
      objects: [],
      connections: connectionsOf(node_id),
    })),
  };
}
