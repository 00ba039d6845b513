import { planViewOf } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import type { OpeningShape, SpaceShape } from '../contract.ts';

/** The spaces of a graph as the page draws them over the drawing, with the names that texts give them. */
export function spaceShapesOf(graph: TopologyGraph): SpaceShape[] {
  const { spaces } = planViewOf(graph);
  return graph.nodes.map((node, index): SpaceShape => {
    const { name = node.label, label = name } = spaces[index] ?? {};
    const ring = node.segmentation?.[0];
    return {
      id: node.node_id,
      name,
      names: [...new Set([name, label])].filter((text) => text.trim() !== ''),
      points: ring && ring.length >= 6 ? pairs(ring) : rectangle(node.bbox ?? [0, 0, 0, 0]),
      centre: node.centroid,
      isOutside: node.is_outside,
    };
  });
}

/** Doors and windows, each once, though every room on its sides lists it. */
export function openingShapesOf({ nodes }: TopologyGraph): OpeningShape[] {
  const openings = new Map<string, OpeningShape>();
  for (const { contains } of nodes) {
    for (const { structure_id, bbox } of contains.structures.doors) {
      if (bbox) openings.set(structure_id, { kind: 'door', box: bbox });
    }
    for (const { structure_id, bbox } of contains.structures.windows) {
      if (bbox) openings.set(structure_id, { kind: 'window', box: bbox });
    }
  }
  return [...openings.values()];
}

function pairs(ring: readonly (number | null)[]): string {
  const numbers = ring.filter((value) => value !== null);
  return Array.from({ length: numbers.length / 2 }, (_, i) => `${numbers[2 * i]},${numbers[2 * i + 1]}`).join(
    ' ',
  );
}

function rectangle([x, y, width, height]: readonly [number, number, number, number]): string {
  return `${x},${y} ${x + width},${y} ${x + width},${y + height} ${x},${y + height}`;
}
