import { strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import type { PlanView } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { goodSpaces, makeSpace, makeView } from '../testing/make-view.ts';
import { ruleBasedAnalysis } from './rule-based-analysis.ts';

const without = (category: string) => goodSpaces().filter((space) => space.category !== category);
const darken = (name: string) =>
  goodSpaces().map((space) => (space.name === name ? { ...space, windows: [] } : space));

const PLANS: Record<string, PlanView> = {
  good: makeView(),
  'no kitchen': makeView(without('주방')),
  'no bedroom': makeView(without('침실')),
  'no connections': makeView(goodSpaces().map((space) => ({ ...space, connections: [] }))),
  'no spaces at all': makeView([], { windowless_ratio: 0 }),
  'outside spaces': makeView([
    ...goodSpaces(),
    makeSpace('EV홀', '기타', {
      is_outside: true,
      area_ratio: null,
      windows: [],
      connections: [{ to: '현관', by: 'door' }],
    }),
  ]),
  'dark kitchen': makeView(darken('주방'), { structure_type: '타워형', bay_count: 2, windowless_ratio: 40 }),
  'dark main bedroom': makeView(darken('안방')),
  'one bay': makeView(goodSpaces(), { bay_count: 1, structure_type: '혼합형' }),
  'large living room': makeView([makeSpace('거실', '거실', { area_ratio: 70 }), makeSpace('안방', '침실')]),
};
const analyse = (name: string) => ruleBasedAnalysis(PLANS[name] as PlanView);

describe.each(Object.entries(PLANS))('the analysis of a plan: %s', (_name, view) => {
  const analysis = ruleBasedAnalysis(view);

  it('fits the strict schema', () => {
    expect(strictFloorPlanAnalysisSchema.safeParse(analysis).error?.issues).toBeUndefined();
  });

  it('takes its figures from the plan', () => {
    const { statistics } = view;
    expect(analysis).toMatchObject({
      image_name: view.image_name,
      structure_type: statistics.structure_type,
      bay_count: statistics.bay_count,
      total_spaces: statistics.space_count,
      room_count: statistics.room_count,
      bathroom_count: statistics.bathroom_count,
      balcony_ratio: statistics.balcony_ratio,
      windowless_ratio: statistics.windowless_ratio,
    });
    expect(analysis.spaces).toHaveLength(view.spaces.length);
    for (const [index, space] of view.spaces.entries()) {
      expect(analysis.spaces[index]).toMatchObject({
        space_name: space.name,
        area_m2: null,
        area_ratio: space.area_ratio,
        has_window: space.windows.length > 0,
        connected_spaces: space.connections.map(({ to }) => to),
      });
    }
  });

  it('is the same every time, without holes in its texts', () => {
    expect(ruleBasedAnalysis(view)).toEqual(analysis);
    expect(JSON.stringify(analysis)).not.toMatch(/undefined|NaN|null%|\[object|와\(과\)/);
  });
});

describe('the texts', () => {
  it('hold the figures that decide', () => {
    const { summary, design_evaluation, compliance } = analyse('good');
    expect(summary).toContain('판상형 4Bay 구조로 침실 1개, 욕실 1개');
    expect(summary).toContain('모두 5개 공간');
    expect(summary).toContain('16.6667%');
    expect(design_evaluation?.채광).toContain('전면 4Bay');
    expect(design_evaluation?.채광).toContain('16.6667%로 기준 30%를 지킨다');
    expect(design_evaluation?.가족융화).toContain('35.5%');
    expect(design_evaluation?.수납).toContain('12%');
    expect(compliance).toMatchObject({ overall_grade: '최우수', non_compliant_items: [] });
    expect(compliance?.compliant_items).toContain('수납 면적 10% 이상: 수납 공간이 실내 면적의 12%이다');
  });

  it('join neighbours with the particle that fits', () => {
    const [living, kitchen, bedroom] = analyse('good').spaces;
    expect(living?.evaluation_comment).toContain('주방, 안방과 바로 이어진다.');
    expect(kitchen?.evaluation_comment).toContain('거실과 바로 이어진다.');
    expect(living?.features).toEqual(['창 1개', '문 1개', '소파 2개', '수납장', '문 없이 트인 연결']);
    expect(bedroom?.features).toEqual(['창 1개', '문 1개']);
  });

  it('say so when nothing is connected', () => {
    expect(analyse('no connections').spaces[0]?.evaluation_comment).toContain('확인되지 않는다');
  });

  it('keep outside spaces apart', () => {
    expect(analyse('outside spaces').spaces.at(-1)?.evaluation_comment).toBe(
      '세대 밖 공용 공간으로 실내 면적에 들지 않는다. 현관과 이어진다.',
    );
  });

  it('claim no window of a kitchen that is not there', () => {
    const { design_evaluation } = analyse('no kitchen');
    expect(design_evaluation?.환기).toBe('판상형 구조로 맞통풍에 유리하며, 도면에서 주방이 확인되지 않는다.');
    expect(JSON.stringify(analyse('no kitchen'))).not.toContain('주방에 창이 있');
    expect(analyse('good').design_evaluation?.환기).toContain('주방에 창이 있어');
  });

  it('name the kitchen without a window', () => {
    const { design_evaluation, compliance, recommendations, ventilation_quality } = analyse('dark kitchen');
    expect(design_evaluation?.환기).toContain('주방에 창이 없어');
    expect(ventilation_quality).toBe('미흡');
    expect(recommendations?.join(' ')).toContain('주방에 창을 두거나');
    expect(compliance?.non_compliant_items.map(({ item }) => item)).toEqual([
      '전면 3Bay 이상',
      '창 없는 공간 30% 이하',
      '판상형 구조',
      '주방 창 설치',
    ]);
  });

  it('fail a plan whose main bedroom has no window, and only that', () => {
    expect(analyse('dark main bedroom').compliance).toMatchObject({
      overall_grade: '불합격',
      summary: expect.stringContaining('안방 창') as string,
    });
    expect(analyse('no bedroom').compliance?.overall_grade).not.toBe('불합격');
    expect(JSON.stringify(analyse('no bedroom').compliance)).not.toContain('안방');
  });

  it('always recommend something', () => {
    for (const name of Object.keys(PLANS)) expect(analyse(name).recommendations?.length).toBeGreaterThan(0);
    expect(analyse('good').recommendations).toEqual(['욕실에는 창이 없으므로 기계 환기를 충분히 계획한다.']);
  });
});
