import { labelReadingOf, stringifyIndented, toPlainJson } from '@arae/floorplan';
import type { GraphRules, SpelledJson, TopologyGraph } from '@arae/floorplan';
import type { Annotation, Detections } from './detections/detections.ts';
import type { Located } from './detections/needed.ts';
import { makeEdges } from './edges/make-edges.ts';
import { GeometryScope } from './geometry/geometry-scope.ts';
import { startGeos } from './geometry/start-geos.ts';
import { inPythonSpelling } from './numbers/spelled-number.ts';
import type { Spelled } from './numbers/spelled-number.ts';
import { makeNodes } from './spaces/make-nodes.ts';
import { shapeOf } from './spaces/shape.ts';
import type { Shape } from './spaces/shape.ts';
import { splitSpace } from './spaces/split-space.ts';
import { sortStructures } from './spaces/structures.ts';
import { wallsWithoutRooms } from './spaces/walls-without-rooms.ts';
import { statisticsOf } from './statistics/statistics-of.ts';

export interface Aggregation {
  readonly graph: TopologyGraph;
  /** The exact content of `topology_graph.json`, numbers spelled as the service spells them. */
  readonly text: string;
  /** How the graph was made. Recorded next to the graph, never in it: the graph has the service's form. */
  readonly provenance: AggregationProvenance;
}

export interface AggregationProvenance {
  readonly rules: GraphRules;
}

export interface AggregateOptions {
  /**
   * `service` (default) makes the graph that the service makes, oddities included. `fixed` reads those otherwise that
   * harm the data most: elevator halls in any spelling lie outside; 방 and 룸 count as words, not as parts of words; a
   * space is split until every piece holds one room; and walls are rings, not filled areas (further rings of a
   * `segmentation` are holes, and rooms inside a wall are taken out of it).
   */
  readonly rules?: GraphRules | undefined;
}

export interface Aggregator {
  /**
   * The topology graph of one drawing.
   *
   * @throws DetectionsError when something is missing that the graph needs.
   */
  readonly aggregate: (detections: Detections, options?: AggregateOptions) => Aggregation;
}

/** Starts the geometry engine (once per process); what it gives works synchronously and keeps no state. */
export async function loadAggregator(): Promise<Aggregator> {
  const geos = await startGeos();
  return {
    aggregate: (detections, { rules = 'service' } = {}) => {
      const scope = new GeometryScope(geos);
      try {
        return { ...written(makeGraph(scope, detections, rules)), provenance: { rules } };
      } finally {
        scope.release();
      }
    },
  };
}

function makeGraph(scope: GeometryScope, detections: Detections, rules: GraphRules): Spelled<TopologyGraph> {
  const reading = labelReadingOf(rules);
  const isFixed = rules === 'fixed';
  const { file_name, width, height } = detections.image_info;
  const located = <A extends Annotation>(list: string, annotations: readonly A[]): Located<A>[] =>
    annotations.map((annotation, index) => ({
      annotation,
      place: { file: file_name, field: `${list}[${index}]` },
    }));

  const objects = located('obj', detections.obj);
  const texts = located('ocr', detections.ocr);
  const shaped = <A extends Annotation>(list: string, annotations: readonly A[]): Shape<A>[] =>
    located(list, annotations).map((item) => shapeOf(scope, item, isFixed));
  const found = sortStructures(shaped('str', detections.str));
  const wholeSpaces = shaped('spa', detections.spa);
  const rooms = wholeSpaces.flatMap(({ polygon }) => (polygon === undefined ? [] : [polygon]));
  const structures = isFixed ? { ...found, walls: wallsWithoutRooms(scope, found.walls, rooms) } : found;
  const spaces = wholeSpaces.flatMap((space) =>
    splitSpace(scope, space, texts, structures.walls, { reading, isThorough: isFixed }),
  );

  const graphSpaces = makeNodes(scope, spaces, { objects, texts, structures }, reading);
  const nodes = graphSpaces.map(({ node }) => node);
  return {
    image_info: { file_name, width, height },
    nodes,
    edges: makeEdges(scope, graphSpaces, structures, reading),
    statistics: statisticsOf(nodes, { width, height }),
  };
}

function written(graph: Spelled<TopologyGraph>): Pick<Aggregation, 'graph' | 'text'> {
  const spelled = inPythonSpelling(graph);
  return { graph: toPlainJson(spelled as SpelledJson) as TopologyGraph, text: stringifyIndented(spelled) };
}
