import type { TopologyGraph } from '../schemas/topology-graph.ts';
import type { PlanSpace, PlanView } from './plan-view.ts';
import { uniqueSpaceNames } from './unique-space-names.ts';
import { withoutCategoryPrefix } from './without-category-prefix.ts';

/** The view of a graph: every space with its unique name, windows, doors, fixtures and connections. */
export function planViewOf(graph: TopologyGraph): PlanView {
  const names = uniqueSpaceNames(graph.nodes);
  const nameById = new Map(graph.nodes.map((node, index) => [node.node_id, names[index] as string]));

  const connections = new Map<string, PlanSpace['connections']>(
    graph.nodes.map((node) => [node.node_id, []]),
  );
  for (const { source_node, target_node, connection_type } of graph.edges) {
    connections.get(source_node)?.push({ to: nameById.get(target_node) as string, by: connection_type });
    connections.get(target_node)?.push({ to: nameById.get(source_node) as string, by: connection_type });
  }

  const { statistics } = graph;
  return {
    image_name: graph.image_info.file_name,
    statistics: {
      structure_type: statistics.structure_type,
      bay_count: statistics.bay_count,
      space_count: statistics.space_count,
      inside_space_count: statistics.inside_space_count,
      room_count: statistics.room_count,
      bathroom_count: statistics.bathroom_count,
      balcony_count: statistics.balcony_count,
      balcony_ratio: statistics.balcony_ratio,
      windowless_ratio: statistics.windowless_ratio,
    },
    spaces: graph.nodes.map((node, index) => {
      const name = names[index] as string;
      return {
        name,
        ...(node.label === name ? {} : { label: node.label }),
        category: withoutCategoryPrefix(node.category_name),
        space_type: node.space_type,
        is_outside: node.is_outside,
        area_ratio: node.area_ratio === null ? null : toPercent(node.area_ratio),
        windows: node.contains.structures.windows.map(({ type }) => type),
        doors: node.contains.structures.doors.map(({ type }) => type),
        objects: node.contains.objects.map(({ category_name }) => withoutCategoryPrefix(category_name)),
        connections: connections.get(node.node_id) as PlanSpace['connections'],
      };
    }),
  };
}

/** A share of the graph (four decimals) in per cent (two decimals), without the noise of binary fractions. */
function toPercent(share: number): number {
  return Math.round(share * 10_000) / 100;
}
