import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import { planViewOf } from './plan-view-of.ts';
import { planViewSchema } from './plan-view.ts';

const graph = makeGraph(
  [
    {
      label: '거실',
      category: '공간_거실',
      ratio: 0.2833,
      windows: 2,
      doors: 1,
      objects: ['객체_싱크대', '객체_변기'],
    },
    { label: '침실', category: '공간_침실', ratio: 0.0737 },
    { label: '침실', category: '공간_침실', ratio: 0.00005 },
    { label: '', category: '공간_기타' },
    { label: '계단실', category: '공간_계단실', ratio: null },
  ],
  [
    [0, 1, 'door'],
    [2, 0, 'open'],
    [0, 1, 'window'],
  ],
);

describe('planViewOf', () => {
  it('shows name, category, windows, doors, fixtures and connections of a space', () => {
    expect(planViewOf(graph).spaces[0]).toEqual({
      name: '거실',
      category: '거실',
      space_type: '개인공간',
      is_outside: false,
      area_ratio: 28.33,
      windows: ['창호', '창호'],
      doors: ['출입문'],
      objects: ['싱크대', '변기'],
      connections: [
        { to: '침실1', by: 'door' },
        { to: '침실2', by: 'open' },
        { to: '침실1', by: 'window' },
      ],
    });
  });

  it('writes a connection down on both sides', () => {
    const { spaces } = planViewOf(graph);
    expect(spaces[1]?.connections).toEqual([
      { to: '거실', by: 'door' },
      { to: '거실', by: 'window' },
    ]);
    expect(spaces[2]?.connections).toEqual([{ to: '거실', by: 'open' }]);
    expect(spaces[4]?.connections).toEqual([]);
  });

  it('gives the label only where it is not the name', () => {
    const { spaces } = planViewOf(graph);
    expect(spaces.map(({ name, label }) => [name, label])).toEqual([
      ['거실', undefined],
      ['침실1', '침실'],
      ['침실2', '침실'],
      ['기타', ''],
      ['계단실', undefined],
    ]);
    expect('label' in (spaces[0] as object)).toBe(false);
  });

  it('gives shares in per cent with two decimals, and null outside', () => {
    expect(planViewOf(graph).spaces.map(({ area_ratio }) => area_ratio)).toEqual([
      28.33,
      7.37,
      0.01,
      10,
      null,
    ]);
  });

  it('copies name and statistics, without the areas in pixels', () => {
    const { image_name, statistics } = planViewOf(graph);
    expect(image_name).toBe('A.PNG');
    expect(statistics).toEqual({
      structure_type: '판상형',
      bay_count: 3,
      space_count: 5,
      inside_space_count: 4,
      room_count: 1,
      bathroom_count: 1,
      balcony_count: 0,
      balcony_ratio: 12.3456,
      windowless_ratio: 25,
    });
  });

  it('fits its own schema', () => {
    const view = planViewOf(graph);
    expect(planViewSchema.parse(view)).toEqual(view);
  });
});
