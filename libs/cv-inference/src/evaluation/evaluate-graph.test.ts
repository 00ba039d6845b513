import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import type { GraphRoom } from '../testing/make-graph.ts';
import { evaluateGraph } from './evaluate-graph.ts';

/** A flat of three rooms in a row, with two doors, a window and a toilet. */
const flat = {
  living: {
    bbox: [0, 0, 400, 400],
    category: '거실',
    label: '거실',
    doors: { d0: [390, 100, 20, 80], d1: [790, 100, 20, 80] },
    windows: { w0: [100, 390, 200, 20] },
  },
  bed: { bbox: [400, 0, 400, 400], label: '안방', doors: { d0: [390, 100, 20, 80] } },
  bath: {
    bbox: [800, 0, 200, 400],
    category: '화장실',
    label: '욕실',
    doors: { d1: [790, 100, 20, 80] },
    fixtures: { o0: ['변기', [900, 100, 40, 40]] },
  },
} as const satisfies Record<string, GraphRoom>;
const edges = [
  ['living', 'bed', 'door'],
  ['bed', 'bath', 'door'],
] as const;
const truth = makeGraph(flat, edges);

describe('evaluateGraph', () => {
  it('finds everything of a graph in itself', () => {
    const result = evaluateGraph(truth, truth);
    expect(result).toMatchObject({
      rooms: { truth: 3, found: 3, right: 3 },
      withCategory: 3,
      withLabel: 3,
      doors: { truth: 2, found: 2, right: 2 },
      windows: { truth: 1, found: 1, right: 1 },
      edges: { truth: 2, found: 2, right: 2 },
      joinedPairs: { truth: 2, found: 2, right: 2 },
      statistics: { room_count: true, bay_count: true, structure_type: true },
    });
    expect(result.iouSum).toBeCloseTo(3, 12);
    expect(result.fixtures['객체_변기']).toEqual({ truth: 1, found: 1, right: 1 });
    expect(result.fixtures['객체_욕조']).toEqual({ truth: 0, found: 0, right: 0 });
  });

  it('misses everything where there is no graph', () => {
    const result = evaluateGraph(truth, undefined);
    expect(result).toMatchObject({
      rooms: { truth: 3, found: 0, right: 0 },
      iouSum: 0,
      doors: { truth: 2, found: 0, right: 0 },
      edges: { truth: 2, found: 0, right: 0 },
    });
    expect(Object.values(result.statistics)).not.toContain(true);
  });

  it('knows rooms by where they lie, whatever their ids, and edges by their rooms', () => {
    const renamed = makeGraph({ x: flat.bath, y: flat.living, z: flat.bed }, [
      ['z', 'y', 'door'],
      ['z', 'x', 'door'],
    ]);
    const result = evaluateGraph(truth, renamed);
    expect(Object.fromEntries(result.matchedRooms)).toEqual({ living: 'y', bed: 'z', bath: 'x' });
    expect(result.edges).toEqual({ truth: 2, found: 2, right: 2 });
  });

  it('tells a room of the wrong kind from one that lies elsewhere', () => {
    const found = makeGraph({
      // 300 of 400 columns: found, with the wrong category but the right label, blanks aside.
      a: { ...flat.living, bbox: [100, 0, 300, 400], category: '주방', label: ' 거 실 ' },
      // A third of it: not found.
      b: { ...flat.bed, bbox: [600, 0, 400, 400] },
      c: { ...flat.bath, label: '침실' },
    });
    const result = evaluateGraph(truth, found);
    expect(result.rooms).toEqual({ truth: 3, found: 3, right: 2 });
    expect(result.iouSum).toBeCloseTo(1.75, 2);
    expect([result.withCategory, result.withLabel]).toEqual([1, 1]);
    expect(Object.fromEntries(result.matchedRooms)).toEqual({ living: 'a', bath: 'c' });
  });

  it('counts an edge of the wrong kind as a joined pair only, and none whose room is missing', () => {
    const { living, bed } = flat;
    const found = makeGraph({ living, bed }, [['living', 'bed', 'open']]);
    const result = evaluateGraph(truth, found);
    expect(result.edges).toEqual({ truth: 2, found: 1, right: 0 });
    expect(result.joinedPairs).toEqual({ truth: 2, found: 1, right: 1 });
  });

  it('gives a thin opening that is a little off a second chance', () => {
    const door = (x: number) => makeGraph({ a: { bbox: [0, 0, 400, 400], doors: { d: [x, 100, 20, 80] } } });
    // 12 of 28 columns: 0.43.
    expect(evaluateGraph(door(390), door(398))).toMatchObject({
      doors: { truth: 1, found: 1, right: 0 },
      doorsNearly: { truth: 1, found: 1, right: 1 },
    });
    expect(evaluateGraph(door(390), door(402)).doorsNearly.right).toBe(0);
  });

  it('does not take one fixture for another', () => {
    const fixture = (name: string) =>
      makeGraph({ a: { bbox: [0, 0, 400, 400], fixtures: { o: [name, [10, 10, 40, 40]] } } });
    const { fixtures } = evaluateGraph(fixture('변기'), fixture('세면대'));
    expect(fixtures['객체_변기']).toEqual({ truth: 1, found: 0, right: 0 });
    expect(fixtures['객체_세면대']).toEqual({ truth: 0, found: 1, right: 0 });
  });

  it('compares the statistics one by one', () => {
    const found = makeGraph(flat, edges, { bay_count: 3, structure_type: '타워형' });
    expect(evaluateGraph(truth, found).statistics).toEqual({
      room_count: true,
      bathroom_count: true,
      balcony_count: true,
      bay_count: false,
      structure_type: false,
    });
  });
});
