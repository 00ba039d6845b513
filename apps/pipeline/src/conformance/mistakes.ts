import type { FloorPlanAnalysis } from '@arae/floorplan';

interface Mistake {
  name: string;
  /** Changes a right analysis; may leave keys out, as a model does. */
  make: (analysis: FloorPlanAnalysis) => unknown;
}

const item = (category: string, text: string, reason = '도면 참고') => ({
  category,
  item: text,
  reason,
  recommendation: '개선',
});

function withItems(
  analysis: FloorPlanAnalysis,
  compliant: string[],
  missed: ReturnType<typeof item>[],
): unknown {
  const { compliance } = analysis;
  return {
    ...analysis,
    compliance:
      compliance === null
        ? null
        : {
            ...compliance,
            compliant_items: [...compliance.compliant_items, ...compliant],
            non_compliant_items: [...compliance.non_compliant_items, ...missed],
          },
  };
}

/** Every kind of claim that a graph can deny, and the borders of what counts as denied. */
export const MISTAKES: readonly Mistake[] = [
  {
    name: 'counts and names',
    make: (analysis) => ({
      ...analysis,
      image_name: `${analysis.image_name}.png`,
      structure_type: '복층형',
      bay_count: analysis.bay_count + 1,
      total_spaces: 0,
      room_count: analysis.room_count - 1,
      bathroom_count: 9,
    }),
  },
  {
    name: 'ratios within and beyond the tolerance',
    make: (analysis) => ({
      ...analysis,
      balcony_ratio: analysis.balcony_ratio + 0.1,
      windowless_ratio: analysis.windowless_ratio + 0.1000001,
      spaces: analysis.spaces.map((space, index) => ({
        ...space,
        area_ratio: space.area_ratio === null ? 1.5 : space.area_ratio + [0, 0.1, 0.11, -0.2][index % 4]!,
      })),
    }),
  },
  {
    name: 'windows',
    make: (analysis) => ({
      ...analysis,
      spaces: analysis.spaces.map((space) => ({ ...space, has_window: !space.has_window, area_m2: 12.5 })),
    }),
  },
  {
    name: 'spaces that are not there, twice there, left out',
    make: ({ spaces, ...analysis }) => ({
      ...analysis,
      spaces: [
        ...spaces.slice(1),
        ...spaces.slice(-1),
        { space_name: '옥상정원', space_type: '외부공간', evaluation_comment: '없는 공간' },
        { space_name: '침실', space_type: '개인공간', evaluation_comment: '번호가 없다' },
      ],
    }),
  },
  {
    name: 'connections',
    make: (analysis) => ({
      ...analysis,
      spaces: analysis.spaces.map((space, index) => ({
        ...space,
        connected_spaces: index % 2 === 0 ? [...space.connected_spaces, '옥상', '옥상'] : [],
      })),
    }),
  },
  {
    name: 'the best grade',
    make: (analysis) => ({
      ...analysis,
      compliance: { overall_grade: '최우수', summary: '모두 적합' },
    }),
  },
  {
    name: 'a failed must',
    make: (analysis) => ({
      ...analysis,
      compliance: {
        overall_grade: '불합격',
        compliant_items: [],
        non_compliant_items: [],
        summary: '불합격',
      },
    }),
  },
  {
    name: 'a grade that does not exist',
    make: (analysis) => ({ ...analysis, compliance: { overall_grade: 'A+', summary: '…' } }),
  },
  {
    name: 'a window of the main bedroom, in many words',
    make: (analysis) =>
      withItems(
        analysis,
        ['안방에 외기에 면한 창이 있다', '안방 창 없음', '침실1의 창호 확보', '안방욕실의 창'],
        [
          item('채광', '안방 창호'),
          item('채광', '외부 창', '안방에 외부 창이 없다'),
          item('채광', '외부 창', '안방에 😀😀😀😀😀 창이 없다'),
          item('채광', '수납', '안방과 거실을 제외한 공간에 창이 없다'),
          item('환기', '안방 창고', '침실1에 창이 설치되지 않았다'),
          item('채광', '침실10 창', '침실1의 창이 넓지 않다'),
        ],
      ),
  },
  {
    name: 'items of categories that are suitable',
    make: (analysis) =>
      withItems(
        analysis,
        [],
        [
          item('채광', '향'),
          item('환기', '맞통풍'),
          item('가족융화', '거실 비율', '중앙에 있지 않다'),
          item('가족융화', '거실 비율'),
          item('수납', '수납 면적'),
          item('기타', '알 수 없음'),
          item('환기', '욕실 창'),
        ],
      ),
  },
  {
    name: 'only what must be there',
    make: ({ spaces, design_evaluation, recommendations, compliance, ...analysis }) => {
      void [spaces, design_evaluation, recommendations, compliance];
      return { ...analysis, further: { unknown: true } };
    },
  },
  {
    name: 'numbers of all sizes',
    make: (analysis) => ({
      ...analysis,
      balcony_ratio: 1e21,
      windowless_ratio: 1.5e-7,
      summary: '따옴표 " 역사선 \\ 줄\n탭\t 널\u0000 반쪽 \ud800 이모지 😀 \u2028',
      spaces: analysis.spaces.map((space, index) => ({
        ...space,
        area_ratio: [0.000001, 1e-7, 123456789012345680000, -0, 0.1, 100][index % 6],
      })),
    }),
  },
];
