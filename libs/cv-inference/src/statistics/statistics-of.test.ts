import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../numbers/spelled-number.ts';
import type { StatisticsNode } from './statistics-node.ts';
import { statisticsOf } from './statistics-of.ts';

type Windows = readonly (readonly [x: number, y: number, width: number, height: number])[];

/** A node round (100, 100). */
function node(category: string, windows: Windows = [], change: Partial<StatisticsNode> = {}): StatisticsNode {
  return {
    node_id: 'space_0',
    category_name: `공간_${category}`,
    label: category,
    space_type: '미분류',
    is_outside: false,
    area: pythonFloat(1_000),
    centroid: [100, 100],
    contains: {
      objects: [],
      ocr_labels: [],
      structures: {
        doors: [],
        windows: windows.map((bbox) => ({ structure_id: 'str_0', type: '창호', bbox: [...bbox] })),
        walls: [],
      },
    },
    ...change,
  };
}

const of = (...nodes: StatisticsNode[]) => statisticsOf(nodes, { width: 20, height: 10 });

const NORTH = [90, 50, 20, 4] as const;
const SOUTH = [90, 150, 20, 4] as const;
const EAST = [150, 90, 4, 20] as const;
const WEST = [50, 90, 4, 20] as const;

describe('statisticsOf', () => {
  it('has zeros for no nodes: integers, and floats for the ratios', () => {
    expect(JSON.stringify(of())).toBe(
      '{"total_image_area":200,"total_space_area":0,"total_inside_area":0,"space_count":0,"inside_space_count":0,' +
        '"room_count":0,"bathroom_count":0,"balcony_count":0,"bay_count":0,' +
        '"space_type_count":{"기타공간":0,"특화공간":0,"습식공간":0,"공통공간":0,"개인공간":0,"외부공간":0,"미분류":0},' +
        '"structure_type":"혼합형","balcony_ratio":0.0,"windowless_ratio":0.0}',
    );
  });

  it('leaves outside spaces out of the inside figures', () => {
    const outside = node('계단실', [], { is_outside: true, space_type: '외부공간', area: 500 });
    const statistics = of(node('거실', [SOUTH]), node('발코니'), outside);
    expect(JSON.parse(JSON.stringify(statistics))).toMatchObject({
      total_space_area: 2_500,
      total_inside_area: 2_000,
      inside_space_count: 2,
      balcony_ratio: 50,
      windowless_ratio: 50,
      space_type_count: { 외부공간: 1, 미분류: 2 },
    });
  });

  it('does not ask a space labelled 기타 for windows', () => {
    expect(of(node('거실', [SOUTH]), node('기타')).windowless_ratio).toEqual(pythonFloat(0));
  });

  it('keeps integer sums integers', () => {
    expect(of(node('거실', [], { area: 7 }), node('침실', [], { area: 8 })).total_space_area).toBe(15);
  });
});

describe('bay_count', () => {
  it.each([
    ['no living room', [node('침실', [SOUTH])], 0],
    ['two living rooms', [node('거실', [SOUTH]), node('거실'), node('침실', [SOUTH])], 2],
    ['a living room without a window', [node('거실'), node('침실', [SOUTH])], 1],
    ['bedrooms beside', [node('거실', [SOUTH]), node('침실', [SOUTH]), node('침실', [NORTH])], 2],
    ['the widest window in front', [node('거실', [EAST, SOUTH]), node('침실', [SOUTH, WEST])], 2],
    [
      'a window half way down, which faces north',
      [node('거실', [[90, 98, 20, 4]]), node('침실', [NORTH])],
      2,
    ],
  ])('%s', (_case, nodes, expected) => {
    expect(of(...nodes).bay_count).toBe(expected);
  });
});

describe('structure_type', () => {
  it.each([
    ['no living room', [node('주방', [NORTH])], '혼합형'],
    ['living room on two axes', [node('거실', [SOUTH, EAST])], '타워형'],
    ['living room without a window', [node('거실'), node('주방', [NORTH])], '혼합형'],
    ['no kitchen', [node('거실', [SOUTH])], '혼합형'],
    ['kitchen without a window', [node('거실', [SOUTH]), node('주방')], '타워형'],
    ['opposite sides', [node('거실', [SOUTH]), node('주방', [NORTH])], '판상형'],
    ['opposite sides, east and west', [node('거실', [WEST]), node('주방', [EAST])], '판상형'],
    ['perpendicular', [node('거실', [SOUTH]), node('주방', [EAST])], '혼합형'],
    ['same side', [node('거실', [SOUTH]), node('주방', [SOUTH])], '타워형'],
    [
      'square window counts as east or west',
      [node('거실', [[150, 90, 9, 9]]), node('주방', [WEST])],
      '판상형',
    ],
    [
      'first living room and kitchen only',
      [node('거실', [SOUTH]), node('거실', [EAST]), node('주방', [NORTH])],
      '판상형',
    ],
  ])('%s', (_case, nodes, expected) => {
    expect(of(...nodes).structure_type).toBe(expected);
  });

  it('needs the bbox of a living-room window', () => {
    const windows = { doors: [], windows: [{ structure_id: 'str_7', type: '창호', bbox: null }], walls: [] };
    const broken = node('거실', [], { contains: { objects: [], ocr_labels: [], structures: windows } });
    expect(() => of(broken)).toThrow('window str_7 of space_0: no bbox');
  });
});
