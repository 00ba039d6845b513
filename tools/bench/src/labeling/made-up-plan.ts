import type { PlanSpace, PlanView, Prompt, TopologyGraph } from '@arae/floorplan';

/** Rooms of a small flat: name, category, kind, percentage of the area, and whether there is a window. */
const ROOMS: readonly (readonly [string, string, string, number, boolean])[] = [
  ['거실', '거실', '공통공간', 30, true],
  ['주방', '주방', '공통공간', 15, true],
  ['안방', '침실', '개인공간', 25, true],
  ['침실', '침실', '개인공간', 20, true],
  ['욕실', '화장실', '습식공간', 10, false],
];

/** A prompt that asks about a small flat; each number another one. */
export function madeUpPrompt(number: number): Prompt {
  const view: PlanView = {
    image_name: `APT_FP_OBJ_${String(number).padStart(9, '0')}.PNG`,
    statistics: {
      structure_type: '판상형',
      bay_count: 3,
      space_count: ROOMS.length,
      inside_space_count: ROOMS.length,
      room_count: 2,
      bathroom_count: 1,
      balcony_count: 0,
      balcony_ratio: 0,
      windowless_ratio: 20,
    },
    spaces: ROOMS.map(([name, category, space_type, area_ratio, hasWindow]): PlanSpace => ({
      name,
      category,
      space_type,
      is_outside: false,
      area_ratio,
      windows: hasWindow ? ['외부창'] : [],
      doors: ['여닫이문'],
      objects: [],
      connections: name === '거실' ? [] : [{ to: '거실', by: 'door' }],
    })),
  };
  return {
    system: '도면을 평가하는 전문가입니다.',
    user: `다음 도면을 평가하세요.\n${JSON.stringify(view)}`,
  };
}

/** Stands where a graph is needed that nobody looks at. */
export const NO_GRAPH = {} as TopologyGraph;
