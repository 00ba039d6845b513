import type { TopologyGraph } from '@arae/floorplan';

/**
 * A graph without what may differ between versions of the geometry engine where a space is split: the order of the
 * pieces (and with it the names of nodes and edges), the first vertex of an outline, the last digits of an area.
 */
export function canonicalGraph(graph: TopologyGraph): unknown {
  const { nodes, edges, statistics, ...rest } = graph;
  const described = nodes
    .map(({ node_id, ...node }) => ({
      node_id,
      text: JSON.stringify({
        ...node,
        segmentation: node.segmentation?.map(rotated) ?? null,
        area: withoutLastDigits(node.area),
      }),
    }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const numberOf = new Map(described.map(({ node_id }, index) => [node_id, index]));
  return {
    ...rest,
    nodes: described.map(({ text }) => JSON.parse(text) as unknown),
    edges: edges
      .map(({ source_node, target_node, connection_type, connection_id }) =>
        [connection_type, connection_id, [numberOf.get(source_node), numberOf.get(target_node)].sort()].join(
          ' ',
        ),
      )
      .sort(),
    statistics: {
      ...statistics,
      total_space_area: withoutLastDigits(statistics.total_space_area),
      total_inside_area: withoutLastDigits(statistics.total_inside_area),
    },
  };
}

/** A ring that starts at its smallest vertex. */
function rotated(ring: readonly (number | null)[]): unknown[] {
  const vertices = Array.from({ length: ring.length / 2 }, (_, index) =>
    ring.slice(2 * index, 2 * index + 2),
  );
  const rotations = vertices.map((_, start) =>
    [...vertices.slice(start), ...vertices.slice(0, start)].flat(),
  );
  const texts = rotations.map((rotation) => JSON.stringify(rotation));
  return rotations[texts.indexOf([...texts].sort()[0] as string)] ?? [];
}

function withoutLastDigits(area: number): number {
  return Number(area.toPrecision(9));
}
