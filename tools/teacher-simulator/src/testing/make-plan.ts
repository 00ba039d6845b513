import type { PlanSpace, PlanView } from '@arae/floorplan';

/** A small flat: 거실, 주방, 안방, 침실, 욕실, 발코니, with windows where `number` says so. */
export function makePlan(number: number): PlanView {
  const has = (bit: number) => ((number >> bit) & 1) === 0;
  const spaces = [
    makeSpace('거실', '거실', '공통공간', 24.5, true, ['주방', '발코니']),
    makeSpace('주방', '주방', '공통공간', 11.25, has(0), ['거실']),
    makeSpace('안방', '침실', '개인공간', 20, has(1), ['거실']),
    makeSpace('침실', '침실', '개인공간', 15, true, ['거실']),
    makeSpace('욕실', '화장실', '습식공간', 6.5, false, ['거실']),
    makeSpace('발코니', '발코니', '기타공간', 12.75, has(2), ['거실']),
  ];
  const windowless = spaces.filter(({ windows }) => windows.length === 0).length;
  return {
    image_name: `APT_FP_OBJ_${String(number).padStart(9, '0')}.PNG`,
    statistics: {
      structure_type: number % 3 === 0 ? '타워형' : '판상형',
      bay_count: 2 + (number % 3),
      space_count: 6,
      inside_space_count: 6,
      room_count: 2,
      bathroom_count: 1,
      balcony_count: 1,
      balcony_ratio: 12.75,
      windowless_ratio: Math.round((windowless / 6) * 1e6) / 1e4,
    },
    spaces,
  };
}

function makeSpace(
  name: string,
  category: string,
  spaceType: string,
  areaRatio: number,
  hasWindow: boolean,
  neighbours: string[],
): PlanSpace {
  return {
    name,
    category,
    space_type: spaceType,
    is_outside: false,
    area_ratio: areaRatio,
    windows: hasWindow ? ['외부창'] : [],
    doors: ['여닫이문'],
    objects: [],
    connections: neighbours.map((to) => ({ to, by: 'door' })),
  };
}

/** A prompt as a teacher gets it: the plan in the middle of Korean text that has braces and quotes of its own. */
export function promptFor(plan: PlanView): string {
  return `다음 도면을 평가하세요. 형식은 {공간: "설명"}입니다.\n\n${JSON.stringify(plan)}\n\n[참고 1]\n안방에는 "창"이 있어야 한다. {참고}`;
}
