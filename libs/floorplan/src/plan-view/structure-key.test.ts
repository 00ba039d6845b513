import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import type { Room } from '../testing/make-graph.ts';
import { structureKey } from './structure-key.ts';

const ROOMS: Room[] = [
  { label: '거실', windows: 1, doors: 2, ratio: 0.3 },
  { label: '침실', windows: 1, doors: 1, ratio: 0.2 },
  { label: '침실', windows: 1, doors: 1, ratio: 0.25 },
  { label: '욕실', doors: 1, ratio: 0.05 },
];
const EDGES: Parameters<typeof makeGraph>[1] = [
  [0, 1, 'door'],
  [0, 2, 'door'],
  [2, 3, 'door'],
];
const graph = () => makeGraph(ROOMS, EDGES);

describe('structureKey', () => {
  it('does not see ids, sizes, positions and order', () => {
    const other = makeGraph(
      [3, 2, 1, 0].map((index) => ({ ...ROOMS[index]!, ratio: 0.1 * (index + 1) })),
      EDGES.map(([from, to, kind]) => [3 - to, 3 - from, kind]),
    );
    other.image_info = { file_name: 'B.PNG', width: 999, height: 77 };
    for (const node of other.nodes) node.centroid = [7, 9];
    expect(structureKey(other)).toBe(structureKey(graph()));
  });

  it.each([
    ['a window', (copy: Room[]) => (copy[3]!.windows = 1)],
    ['a door', (copy: Room[]) => (copy[1]!.doors = 2)],
    ['a label', (copy: Room[]) => (copy[3]!.label = '화장실')],
    ['a space', (copy: Room[]) => copy.push({ label: '현관' })],
  ])('sees %s', (_, change) => {
    const copy = ROOMS.map((room) => ({ ...room }));
    change(copy);
    expect(structureKey(makeGraph(copy, EDGES))).not.toBe(structureKey(graph()));
  });

  it('sees how spaces are connected, and with which neighbours of neighbours', () => {
    const keys = [
      EDGES,
      [...EDGES.slice(0, 2), [2, 3, 'open'] as const],
      [...EDGES.slice(0, 2), [0, 3, 'door'] as const],
      EDGES.slice(0, 2),
    ].map((edges) =>
      structureKey(
        makeGraph(
          ROOMS,
          edges.map(([a, b, kind]) => [a, b, kind]),
        ),
      ),
    );
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toMatch(/^[0-9a-f]{26}$/);
  });

  it('has a key for a graph without spaces', () => {
    expect(structureKey(makeGraph([]))).toMatch(/^[0-9a-f]{26}$/);
  });
});
