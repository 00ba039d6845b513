import { CATEGORIES } from '@arae/floorplan';
import type { CategoryName, TopologyGraph } from '@arae/floorplan';
import { boxIou } from './box-iou.ts';
import { graphThings, type BoxedThing } from './graph-things.ts';
import { matchThings, type Match } from './match-things.ts';
import { outlineIou } from './outline-iou.ts';
import type { Tally } from './tally.ts';

/** A room counts as found, and an opening or a fixture too, when it overlaps the true one by this (intersection ÷ union). */
const FOUND = 0.5;
/** Openings are thin: a second figure counts those that overlap by this. */
const NEARLY_FOUND = 0.3;

export type FixtureName = Extract<CategoryName, `객체_${string}`>;
const FIXTURES = CATEGORIES.map(({ name }) => name).filter((name): name is FixtureName =>
  name.startsWith('객체_'),
);

/** How one found graph compares with the true one. */
export interface GraphEvaluation {
  /** Right: overlaps a true room by 0.5, whatever its category. */
  readonly rooms: Tally;
  /** Sum of the overlaps of the rooms found. */
  readonly iouSum: number;
  /** Rooms found that have the right category too. */
  readonly withCategory: number;
  /** Rooms found that carry the right label; blanks do not count. */
  readonly withLabel: number;
  readonly doors: Tally;
  readonly windows: Tally;
  /** The same at an overlap of 0.3. */
  readonly doorsNearly: Tally;
  readonly windowsNearly: Tally;
  readonly fixtures: Readonly<Record<FixtureName, Tally>>;
  /** Right: joins the same two rooms in the same way. */
  readonly edges: Tally;
  /** Right: joins the same two rooms. */
  readonly joinedPairs: Tally;
  readonly statistics: {
    readonly room_count: boolean;
    readonly bathroom_count: boolean;
    readonly balcony_count: boolean;
    readonly bay_count: boolean;
    readonly structure_type: boolean;
  };
  /** Which true room is which found one, by node id. */
  readonly matchedRooms: ReadonlyMap<string, string>;
}

/**
 * Compares the graph that was found on a drawing with the true one; undefined stands for a drawing without a graph, of
 * which everything is missed.
 */
export function evaluateGraph(truth: TopologyGraph, found: TopologyGraph | undefined): GraphEvaluation {
  const is = graphThings(truth);
  const says = found ? graphThings(found) : { rooms: [], doors: [], windows: [], fixtures: [] };
  const rooms = matchThings(is.rooms, says.rooms, (a, b) => outlineIou(a.outline, b.outline), FOUND);
  const agree = (of: 'category' | 'label') =>
    rooms.filter(({ truth: i, found: j }) => plain(is.rooms[i]?.[of]) === plain(says.rooms[j]?.[of])).length;
  const matchedRooms = new Map(
    rooms.map(({ truth: i, found: j }) => [is.rooms[i]?.id ?? '', says.rooms[j]?.id ?? '']),
  );
  const boxes = (of: 'doors' | 'windows', least: number) => tallyBoxes(is[of], says[of], least);
  return {
    rooms: tallyOf(is.rooms, says.rooms, rooms),
    iouSum: rooms.reduce((sum, { score }) => sum + score, 0),
    withCategory: agree('category'),
    withLabel: agree('label'),
    doors: boxes('doors', FOUND),
    windows: boxes('windows', FOUND),
    doorsNearly: boxes('doors', NEARLY_FOUND),
    windowsNearly: boxes('windows', NEARLY_FOUND),
    fixtures: Object.fromEntries(
      FIXTURES.map((name) => {
        const ofName = ({ category }: BoxedThing) => category === name;
        return [name, tallyBoxes(is.fixtures.filter(ofName), says.fixtures.filter(ofName), FOUND)];
      }),
    ) as Record<FixtureName, Tally>,
    edges: tallyEdges(truth, found, matchedRooms, true),
    joinedPairs: tallyEdges(truth, found, matchedRooms, false),
    statistics: {
      room_count: agrees(truth, found, 'room_count'),
      bathroom_count: agrees(truth, found, 'bathroom_count'),
      balcony_count: agrees(truth, found, 'balcony_count'),
      bay_count: agrees(truth, found, 'bay_count'),
      structure_type: agrees(truth, found, 'structure_type'),
    },
    matchedRooms,
  };
}

const plain = (text: string | undefined) => text?.replaceAll(/\s/g, '');

const tallyOf = (truth: readonly unknown[], found: readonly unknown[], matches: readonly Match[]): Tally => ({
  truth: truth.length,
  found: found.length,
  right: matches.length,
});

function tallyBoxes(truth: readonly BoxedThing[], found: readonly BoxedThing[], least: number): Tally {
  return tallyOf(
    truth,
    found,
    matchThings(truth, found, (a, b) => boxIou(a.bbox, b.bbox), least),
  );
}

function tallyEdges(
  truth: TopologyGraph,
  found: TopologyGraph | undefined,
  rooms: ReadonlyMap<string, string>,
  withType: boolean,
): Tally {
  const name = (ends: readonly [string, string], type: string) =>
    [...ends].sort().join(' – ') + (withType ? ` ${type}` : '');
  const said = new Set(
    found?.edges.map((edge) => name([edge.source_node, edge.target_node], edge.connection_type)),
  );
  const right = truth.edges.filter(({ source_node, target_node, connection_type }) => {
    const a = rooms.get(source_node);
    const b = rooms.get(target_node);
    return a !== undefined && b !== undefined && said.has(name([a, b], connection_type));
  });
  return { truth: truth.edges.length, found: found?.edges.length ?? 0, right: right.length };
}

function agrees(
  truth: TopologyGraph,
  found: TopologyGraph | undefined,
  field: keyof GraphEvaluation['statistics'],
): boolean {
  return found !== undefined && truth.statistics[field] === found.statistics[field];
}
