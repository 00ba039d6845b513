import type { PlanSpace, PlanView } from '@arae/floorplan';

export function makeSpace(name: string, category: string, changes: Partial<PlanSpace> = {}): PlanSpace {
  return {
    name,
    category,
    space_type: '공통공간',
    is_outside: false,
    area_ratio: 10,
    windows: ['외부창'],
    doors: ['여닫이문'],
    objects: [],
    connections: [],
    ...changes,
  };
}

/** A flat that meets every criterion. */
export function makeView(
  spaces: PlanSpace[] = goodSpaces(),
  statistics: Partial<PlanView['statistics']> = {},
): PlanView {
  return {
    image_name: 'APT_FP_OBJ_000000001.PNG',
    statistics: {
      structure_type: '판상형',
      bay_count: 4,
      space_count: spaces.length,
      inside_space_count: spaces.filter(({ is_outside }) => !is_outside).length,
      room_count: spaces.filter(({ category }) => category === '침실').length,
      bathroom_count: spaces.filter(({ category }) => category === '화장실').length,
      balcony_count: 0,
      balcony_ratio: 12.75,
      windowless_ratio: 16.6667,
      ...statistics,
    },
    spaces,
  };
}

export function goodSpaces(): PlanSpace[] {
  return [
    makeSpace('거실', '거실', {
      area_ratio: 25.5,
      objects: ['소파', '소파', '수납장'],
      connections: [
        { to: '주방', by: 'open' },
        { to: '안방', by: 'door' },
      ],
    }),
    makeSpace('주방', '주방', { area_ratio: 10, connections: [{ to: '거실', by: 'open' }] }),
    makeSpace('안방', '침실', { area_ratio: 30, connections: [{ to: '거실', by: 'door' }] }),
    makeSpace('욕실', '화장실', { area_ratio: 7, windows: [] }),
    makeSpace('드레스룸', '드레스룸', { area_ratio: 12 }),
  ];
}
