import type { Compliance, FloorPlanAnalysis, NonCompliantItem, TopologyGraph } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { BEST_ROOMS, makeLabel } from '../testing/make-case.ts';
import type { Room } from '../testing/make-case.ts';
import { findContradictions } from './find-contradictions.ts';

type Change = (analysis: FloorPlanAnalysis & { compliance: Compliance }, graph: TopologyGraph) => unknown;

/** What is found after a change of the correct analysis of the best plan. */
function found(change: Change, rooms?: readonly Room[]) {
  const { analysis, graph } = makeLabel(change, rooms);
  return findContradictions(analysis, graph);
}

function space(analysis: FloorPlanAnalysis, index: number): FloorPlanAnalysis['spaces'][number] {
  return analysis.spaces[index] as FloorPlanAnalysis['spaces'][number];
}

/** The must is missed: the larger bedroom (침실1) has no window. */
const DARK_ROOMS = BEST_ROOMS.map((room, index) => (index === 2 ? { ...room, hasWindow: false } : room));

describe('findContradictions', () => {
  it('finds nothing in a correct analysis', () => {
    expect(found(() => undefined)).toEqual([]);
    expect(found(() => undefined, DARK_ROOMS)).toEqual([]);
    expect(found(() => undefined, [])).toEqual([]);
  });

  it.each<[keyof FloorPlanAnalysis, unknown, unknown]>([
    ['image_name', 'B.PNG', 'A.PNG'],
    ['structure_type', '타워형', '판상형'],
    ['bay_count', 3, 4],
    ['total_spaces', 6, 7],
    ['room_count', 3, 2],
    ['bathroom_count', 2, 1],
    ['balcony_ratio', 12.5, 12.3],
    ['windowless_ratio', 29.8, 30],
  ])('finds a wrong %s', (field, claim, fact) => {
    expect(found((analysis) => Object.assign(analysis, { [field]: claim }))).toEqual([
      { path: `/${field}`, claim, fact, severity: 'minor' },
    ]);
  });

  it('grants percentages a tenth of a point, to the very border', () => {
    for (const [claim, isFine] of [
      [12.2, true],
      [12.4, true],
      [12.41, false],
      [12.19, false],
    ] as const) {
      expect(found((analysis) => (analysis.balcony_ratio = claim)).length, String(claim)).toBe(
        isFine ? 0 : 1,
      );
    }
    expect(found((analysis) => (space(analysis, 0).area_ratio = 25.1))).toEqual([]);
    expect(found((analysis) => (space(analysis, 0).area_ratio = 24.9))).toEqual([]);
  });

  it('finds the order of the analysis', () => {
    const paths = found((analysis) => {
      analysis.compliance.overall_grade = '불합격';
      space(analysis, 0).has_window = false;
      space(analysis, 0).area_ratio = 1;
      analysis.bay_count = 1;
      analysis.image_name = '';
    }).map(({ path }) => path);
    expect(paths).toEqual([
      '/image_name',
      '/bay_count',
      '/spaces/0/area_ratio',
      '/spaces/0/has_window',
      '/compliance/overall_grade',
    ]);
  });
});

describe('spaces', () => {
  it.each([
    [3, false, true],
    [5, true, false],
  ])('finds a wrong window (space %i)', (index, claim, fact) => {
    expect(found((analysis) => (space(analysis, index).has_window = claim))).toEqual([
      { path: `/spaces/${index}/has_window`, claim, fact, severity: 'severe' },
    ]);
  });

  it('finds a wrong share, one for a space outside, and none where it is left out', () => {
    expect(found((analysis) => (space(analysis, 2).area_ratio = 30.2))).toEqual([
      { path: '/spaces/2/area_ratio', claim: 30.2, fact: 30, severity: 'minor' },
    ]);
    expect(found((analysis) => (space(analysis, 6).area_ratio = 0))).toEqual([
      { path: '/spaces/6/area_ratio', claim: 0, fact: null, severity: 'minor' },
    ]);
    expect(found((analysis) => (space(analysis, 2).area_ratio = null))).toEqual([]);
  });

  it('finds an area in square metres, which nobody can know', () => {
    expect(found((analysis) => (space(analysis, 0).area_m2 = 20.5))).toEqual([
      { path: '/spaces/0/area_m2', claim: 20.5, fact: 'the graph has no scale', severity: 'minor' },
    ]);
  });

  it('finds an invented space, and takes nothing else in it for a claim', () => {
    const invented = { ...space(makeLabel().analysis, 0), space_name: '서재', area_m2: 9, area_ratio: 99 };
    expect(found((analysis) => analysis.spaces.push(invented))).toEqual([
      { path: '/spaces/7/space_name', claim: '서재', fact: 'no such space', severity: 'severe' },
    ]);
  });

  it('finds a space that is listed twice', () => {
    expect(
      found((analysis) => analysis.spaces.splice(1, 0, { ...space(analysis, 0), has_window: false })),
    ).toEqual([{ path: '/spaces/1/space_name', claim: '거실', fact: 'listed twice', severity: 'severe' }]);
  });

  it('finds missing spaces in one go', () => {
    expect(found((analysis) => analysis.spaces.splice(2, 2))).toEqual([
      { path: '/spaces', claim: 'all spaces', fact: { missing: ['침실1', '침실2'] }, severity: 'minor' },
    ]);
  });

  it('does not take a label that two spaces share for an invention', () => {
    expect(found((analysis) => (space(analysis, 2).space_name = '침실'))).toEqual([
      {
        path: '/spaces/2/space_name',
        claim: '침실',
        fact: { one_of: ['침실1', '침실2'] },
        severity: 'minor',
      },
      { path: '/spaces', claim: 'all spaces', fact: { missing: ['침실1'] }, severity: 'minor' },
    ]);
  });

  it('does not mind the order of the spaces', () => {
    expect(found((analysis) => analysis.spaces.reverse())).toEqual([]);
  });
});

describe('connections', () => {
  it('finds one that the graph does not have', () => {
    expect(found((analysis) => space(analysis, 1).connected_spaces.push('드레스룸'))).toEqual([
      { path: '/spaces/1/connected_spaces/1', claim: '드레스룸', fact: 'not connected', severity: 'minor' },
    ]);
  });

  it('finds those that are left out', () => {
    expect(found((analysis) => (space(analysis, 0).connected_spaces = []))).toEqual([
      {
        path: '/spaces/0/connected_spaces',
        claim: 'all connections',
        fact: { missing: ['주방', '침실1'] },
        severity: 'minor',
      },
    ]);
  });

  it('minds neither order nor repetition, nor of what kind they are', () => {
    expect(found((analysis) => (space(analysis, 0).connected_spaces = ['침실1', '주방', '주방']))).toEqual(
      [],
    );
  });
});

describe('the grade', () => {
  const grade = (claim: string, rooms?: readonly Room[]) =>
    found((analysis) => (analysis.compliance.overall_grade = claim), rooms);
  /** 환기 severe: the table says 보통. */
  const dimKitchen = BEST_ROOMS.map((room, index) => (index === 1 ? { ...room, hasWindow: false } : room));

  it('may be one step off, but not two', () => {
    expect(grade('우수')).toEqual([]);
    expect(grade('보통')).toEqual([
      { path: '/compliance/overall_grade', claim: '보통', fact: '최우수', severity: 'severe' },
    ]);
    expect(grade('우수', dimKitchen)).toEqual([]);
    expect(grade('미흡', dimKitchen)).toEqual([]);
    expect(grade('최우수', dimKitchen)).toHaveLength(1);
  });

  it('may not be 불합격 where the must is met, even one step off', () => {
    expect(grade('불합격')).toHaveLength(1);
    const poor = (analysis: FloorPlanAnalysis & { compliance: Compliance }, graph: TopologyGraph) => {
      for (const target of [analysis, graph.statistics]) {
        Object.assign(target, { bay_count: 1, windowless_ratio: 60, structure_type: '타워형' });
      }
      for (const index of [0, 4]) {
        (graph.nodes[index] as TopologyGraph['nodes'][number]).area_ratio = 0.01;
        space(analysis, index).area_ratio = 1;
      }
      analysis.compliance.overall_grade = '불합격';
    };
    expect(found(poor)).toEqual([
      { path: '/compliance/overall_grade', claim: '불합격', fact: '미흡', severity: 'severe' },
    ]);
  });

  it('must be 불합격 where the must is missed, even one step off', () => {
    expect(grade('불합격', DARK_ROOMS)).toEqual([]);
    expect(grade('미흡', DARK_ROOMS)).toEqual([
      { path: '/compliance/overall_grade', claim: '미흡', fact: '불합격', severity: 'severe' },
    ]);
  });

  it('must be one of the five', () => {
    expect(grade('A+')).toEqual([
      { path: '/compliance/overall_grade', claim: 'A+', fact: '최우수', severity: 'severe' },
    ]);
  });

  it('claims nothing when it is left out', () => {
    expect(found((analysis) => Object.assign(analysis, { compliance: null }))).toEqual([]);
  });
});

describe('items', () => {
  const missed = (more: Partial<NonCompliantItem>, rooms?: readonly Room[]) =>
    found(({ compliance }) => {
      compliance.non_compliant_items.push({
        category: '채광',
        item: '',
        reason: '',
        recommendation: '',
        ...more,
      });
    }, rooms);
  const met = (item: string, rooms?: readonly Room[]) =>
    found(({ compliance }) => compliance.compliant_items.push(item), rooms);

  it.each([
    { item: '안방 창 설치(필수)' },
    { item: '침실1 외기창' },
    { category: '환기', item: '외기창', reason: '안방에 외부 창이 없다' },
    { item: '필수 기준', reason: '침실1의 외기 창이 확인되지 않음, 창 미설치' },
  ])('finds a main bedroom said to lack the window that it has: %j', (item) => {
    expect(missed(item)).toEqual([
      {
        path: '/compliance/non_compliant_items/0',
        claim: item.item,
        fact: '침실1 has a window',
        severity: 'severe',
      },
    ]);
    expect(missed(item, DARK_ROOMS)).toEqual([]);
  });

  it.each(['안방 창 설치(필수): 침실1에 창이 있다', '침실1 외기창 확보'])(
    'finds a main bedroom said to have the window that it lacks: %s',
    (claim) => {
      expect(met(claim, DARK_ROOMS)).toEqual([
        { path: '/compliance/compliant_items/1', claim, fact: '침실1 has no window', severity: 'severe' },
      ]);
      expect(met(claim)).toEqual([]);
    },
  );

  it.each([
    '안방욕실 창 있음',
    '안방 옆 창고 확보',
    '침실10 창 있음',
    '안방 창 없음(필수 미달)',
    '침실2 창 있음',
    '거실 창 있음',
  ])('does not take %s for a claim about the window of the main bedroom', (claim) => {
    expect(met(claim, DARK_ROOMS)).toEqual([]);
  });

  it.each(['채광', '환기', '가족융화', '수납'])(
    'finds a fault in %s where everything is suitable',
    (category) => {
      expect(missed({ category, item: '미달' })).toEqual([
        {
          path: '/compliance/non_compliant_items/0',
          claim: '미달',
          fact: `${category} is suitable`,
          severity: 'minor',
        },
      ]);
    },
  );

  it('leaves a category that is not suitable alone, and 채광 where the must is missed', () => {
    const dimKitchen = BEST_ROOMS.map((room, index) => (index === 1 ? { ...room, hasWindow: false } : room));
    expect(missed({ category: '환기', item: '주방 창' }, dimKitchen)).toEqual([]);
    expect(missed({ item: '주침실 채광' }, DARK_ROOMS)).toEqual([]);
  });

  it('leaves recommendations beyond the rubric alone', () => {
    expect(missed({ category: '환기', item: '욕실 창', reason: '화장실에 창이 없다' })).toEqual([]);
    expect(missed({ category: '환기', item: '창', reason: '안방욕실에 창이 없다' })).toEqual([]);
    expect(missed({ category: '가족융화', item: '중앙 공용 공간' })).toEqual([]);
    expect(missed({ category: '기타', item: '미달' })).toEqual([]);
  });

  it.each([
    '안방과 거실을 제외한 공간에 창이 없다',
    '안방의 창이 넓지 않다',
    '안방 창 미흡',
    '안방 옆 창고가 없다',
  ])('does not take the reason "%s" for a main bedroom without a window', (reason) => {
    expect(missed({ reason, item: '미달' })).toMatchObject([{ fact: '채광 is suitable', severity: 'minor' }]);
  });
});
