import { stringifyIndented, toPlainJson } from '@arae/floorplan';
import type { SpelledJson, TopologyGraph } from '@arae/floorplan';
import type { Annotation, Detections } from './detections/detections.ts';
import type { Located } from './detections/needed.ts';
import { makeEdges } from './edges/make-edges.ts';
import { GeometryScope } from './geometry/geometry-scope.ts';
import { startGeos } from './geometry/start-geos.ts';
import { inPythonSpelling } from './numbers/spelled-number.ts';
import type { Spelled } from './numbers/spelled-number.ts';
import { makeNodes } from './spaces/make-nodes.ts';
import { shapeOf } from './spaces/shape.ts';
import { splitSpace } from './spaces/split-space.ts';
import { sortStructures } from './spaces/structures.ts';
import { statisticsOf } from './statistics/statistics-of.ts';

export interface Aggregation {
  readonly graph: TopologyGraph;
  /** The exact content of `topology_graph.json`, numbers spelled as the service spells them. */
  readonly text: string;
}

export interface Aggregator {
  /**
   * The topology graph of one drawing.
   *
   * @throws DetectionsError when something is missing that the graph needs.
   */
  readonly aggregate: (detections: Detections) => Aggregation;
}

/** Starts the geometry engine (once per process); what it gives works synchronously and keeps no state. */
export async function loadAggregator(): Promise<Aggregator> {
  const geos = await startGeos();
  return {
    aggregate: (detections) => {
      const scope = new GeometryScope(geos);
      try {
        return written(makeGraph(scope, detections));
      } finally {
        scope.release();
      }
    },
  };
}

function makeGraph(scope: GeometryScope, detections: Detections): Spelled<TopologyGraph> {
  const { file_name, width, height } = detections.image_info;
  const located = <A extends Annotation>(list: string, annotations: readonly A[]): Located<A>[] =>
    annotations.map((annotation, index) => ({
      annotation,
      place: { file: file_name, field: `${list}[${index}]` },
    }));

  const objects = located('obj', detections.obj);
  const texts = located('ocr', detections.ocr);
  const structures = sortStructures(located('str', detections.str).map((item) => shapeOf(scope, item)));
  const spaces = located('spa', detections.spa)
    .map((item) => shapeOf(scope, item))
    .flatMap((space) => splitSpace(scope, space, texts, structures.walls));

  const graphSpaces = makeNodes(scope, spaces, { objects, texts, structures });
  const nodes = graphSpaces.map(({ node }) => node);
  return {
    image_info: { file_name, width, height },
    nodes,
    edges: makeEdges(scope, graphSpaces, structures),
    statistics: statisticsOf(nodes, { width, height }),
  };
}

function written(graph: Spelled<TopologyGraph>): Aggregation {
  const spelled = inPythonSpelling(graph);
  return { graph: toPlainJson(spelled as SpelledJson) as TopologyGraph, text: stringifyIndented(spelled) };
}
