import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import { graphThings } from './graph-things.ts';

describe('graphThings', () => {
  it('counts once an opening that stands in two rooms', () => {
    const door = { str_0: [95, 40, 10, 20] as [number, number, number, number] };
    const { doors, windows, fixtures } = graphThings(
      makeGraph({
        a: { bbox: [0, 0, 100, 100], doors: door, windows: { str_1: [0, 30, 5, 40] } },
        b: { bbox: [100, 0, 100, 100], doors: door, fixtures: { obj_0: ['변기', [150, 50, 20, 20]] } },
      }),
    );
    expect(doors).toEqual([{ category: 'door', bbox: [95, 40, 10, 20] }]);
    expect(windows).toEqual([{ category: 'window', bbox: [0, 30, 5, 40] }]);
    expect(fixtures).toEqual([{ category: '객체_변기', bbox: [150, 50, 20, 20] }]);
  });

  it('takes the outer ring of a room, and its box where it has none', () => {
    const square = [0, 0, 50, 0, 50, 50, 0, 50];
    const { rooms } = graphThings(
      makeGraph({
        a: { bbox: [9, 9, 9, 9], segmentation: [square, [10, 10, 20, 10, 20, 20]], label: '안방' },
        b: { bbox: [10, 20, 30, 40], segmentation: null },
        c: { bbox: [10, 20, 30, 40], segmentation: [[1, 1, 2, 2]] },
        d: { bbox: null },
      }),
    );
    const corners = [10, 20, 40, 20, 40, 60, 10, 60];
    expect(rooms.map(({ outline }) => outline)).toEqual([square, corners, corners, []]);
    expect(rooms[0]).toMatchObject({ id: 'a', category: '공간_침실', label: '안방' });
  });

  it('passes over openings without a box', () => {
    const { doors, windows } = graphThings(
      makeGraph({ a: { bbox: [0, 0, 9, 9], doors: { str_0: null }, windows: { str_1: null } } }),
    );
    expect([...doors, ...windows]).toEqual([]);
  });
});
