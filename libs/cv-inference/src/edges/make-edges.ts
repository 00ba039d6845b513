import type { LabelReading, TopologyEdge } from '@arae/floorplan';
import type { StructureAnnotation } from '../detections/detections.ts';
import { neededId } from '../detections/needed.ts';
import type { GeometryScope } from '../geometry/geometry-scope.ts';
import type { GraphSpace } from '../spaces/graph-space.ts';
import { doMeet } from '../spaces/shape.ts';
import type { Shape } from '../spaces/shape.ts';
import type { Structures } from '../spaces/structures.ts';
import { adjacencyOf } from './adjacency.ts';
import { openingCutter } from './opening-pieces.ts';
import { pairsOf } from './pairs-of.ts';
import type { Pair } from './pairs-of.ts';

/** The edges of the graph: doors, then windows, then open passages; one at most between two spaces. */
export function makeEdges(
  scope: GeometryScope,
  spaces: readonly GraphSpace[],
  structures: Structures,
  { isBedroom }: Pick<LabelReading, 'isBedroom'>,
): TopologyEdge[] {
  const edges: TopologyEdge[] = [];
  const connected = new Set<string>();
  const areAdjacent = adjacencyOf(scope);
  const cut = openingCutter(scope, structures.walls);

  const isNew = ([a, b]: Pair<GraphSpace>) => !connected.has(`${a.node.node_id} ${b.node.node_id}`);
  const connect = (
    [a, b]: Pair<GraphSpace>,
    type: TopologyEdge['connection_type'],
    id: string | null,
  ): void => {
    connected.add(`${a.node.node_id} ${b.node.node_id}`).add(`${b.node.node_id} ${a.node.node_id}`);
    edges.push({
      edge_id: `edge_${edges.length}`,
      source_node: a.node.node_id,
      target_node: b.node.node_id,
      connection_type: type,
      connection_id: id,
    });
  };

  const connectThrough = (opening: Shape<StructureAnnotation>, type: 'door' | 'window'): void => {
    const met = spaces.filter(({ shape }) => doMeet(scope, shape, opening));
    if (met.length < 2) return;
    const id = `str_${neededId(opening)}`;
    const [only, ...others] = pairsOf(met);
    if (only !== undefined && others.length === 0) {
      // Exactly two spaces need no further test.
      if (isNew(only)) connect(only, type, id);
      return;
    }

    const mayConnect = (pair: Pair<GraphSpace>) =>
      isNew(pair) && areAdjacent(...pair) && !(type === 'door' && pair.every(({ node }) => isBedroom(node)));
    const connectAll = (pairs: readonly Pair<GraphSpace>[]): number => {
      const before = edges.length;
      for (const pair of pairs) if (mayConnect(pair)) connect(pair, type, id);
      return edges.length - before;
    };
    const { polygon } = opening;
    const pieces = polygon === undefined ? [] : cut(polygon);
    const pairsOfPieces = pieces.flatMap((piece) => {
      const pairs = pairsOf(
        met.filter(({ shape }) => shape.polygon !== undefined && scope.intersects(piece, shape.polygon)),
      );
      return pairs.length === 1 ? pairs : [];
    });
    if (connectAll(pairsOfPieces) === 0) connectAll(pairsOf(met));
  };

  for (const door of structures.doors) connectThrough(door, 'door');
  for (const window of structures.windows) connectThrough(window, 'window');
  for (const pair of pairsOf(spaces)) {
    if (isNew(pair) && areAdjacent(...pair) && isOpenBetween(scope, pair, structures))
      connect(pair, 'open', null);
  }
  return edges;
}

/** True when no wall meets the straight line between the centroids of two spaces. */
function isOpenBetween(
  scope: GeometryScope,
  [{ shape: first }, { shape: second }]: Pair<GraphSpace>,
  { walls }: Structures,
): boolean {
  if (first.polygon === undefined || second.polygon === undefined) return false;
  const a = scope.centroid(first.polygon);
  const b = scope.centroid(second.polygon);
  const line = scope.line([a.x, a.y, b.x, b.y]);
  return !walls.some((wall) => scope.intersects(wall, line));
}
