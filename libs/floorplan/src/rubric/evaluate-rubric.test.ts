import { describe, expect, it } from 'vitest';
import type { PlanSpace, PlanView } from '../plan-view/plan-view.ts';
import type { EvaluationCategory, OverallGrade } from '../schemas/floor-plan-analysis.ts';
import { evaluateRubric } from './evaluate-rubric.ts';
import type { RubricLevel } from './evaluate-rubric.ts';

function space(name: string, category: string, ratio: number | null, windows = 1, label?: string): PlanSpace {
  return {
    name,
    ...(label === undefined ? {} : { label }),
    category,
    space_type: '개인공간',
    is_outside: ratio === null,
    area_ratio: ratio,
    windows: Array.from({ length: windows }, () => '창호'),
    doors: [],
    objects: [],
    connections: [],
  };
}

/** Suitable in all four items: 판상형 4 Bay, 35 % living and kitchen, 10 % storage. */
function bestPlan(): PlanView {
  return {
    image_name: 'A.PNG',
    statistics: {
      structure_type: '판상형',
      bay_count: 4,
      space_count: 6,
      inside_space_count: 6,
      room_count: 2,
      bathroom_count: 1,
      balcony_count: 0,
      balcony_ratio: 0,
      windowless_ratio: 30,
    },
    spaces: [
      space('거실', '거실', 25),
      space('주방', '주방', 10),
      space('침실1', '침실', 30, 1, '침실'),
      space('침실2', '침실', 20, 1, '침실'),
      space('드레스룸', '드레스룸', 10, 0),
      space('화장실', '화장실', 5, 0),
    ],
  };
}

function changed(change: (plan: PlanView) => void): ReturnType<typeof evaluateRubric> {
  const plan = bestPlan();
  change(plan);
  return evaluateRubric(plan);
}

function find(plan: PlanView, name: string): PlanSpace {
  return plan.spaces.find((candidate) => candidate.name === name) as PlanSpace;
}

describe('evaluateRubric', () => {
  it('grades a plan that meets everything 최우수, at the very borders', () => {
    const rubric = evaluateRubric(bestPlan());
    expect(rubric).toMatchObject({ grade: '최우수', mustMet: true, familyRatio: 35, storageRatio: 10 });
    expect(new Set(Object.values(rubric.levels))).toEqual(new Set(['suitable']));
  });

  it.each<[string, (p: PlanView) => unknown, EvaluationCategory, RubricLevel, OverallGrade]>([
    ['two bays', (p: PlanView) => (p.statistics.bay_count = 2), '채광', 'slight', '우수'],
    [
      'windowless 30.01 %',
      (p: PlanView) => (p.statistics.windowless_ratio = 30.01),
      '채광',
      'slight',
      '우수',
    ],
    ['타워형', (p: PlanView) => (p.statistics.structure_type = '타워형'), '환기', 'slight', '우수'],
    ['a kitchen without window', (p: PlanView) => (find(p, '주방').windows = []), '환기', 'severe', '보통'],
    ['family 29.99 %', (p: PlanView) => (find(p, '거실').area_ratio = 19.99), '가족융화', 'slight', '우수'],
    ['family 40.01 %', (p: PlanView) => (find(p, '거실').area_ratio = 30.01), '가족융화', 'slight', '우수'],
    ['family 50.01 %', (p: PlanView) => (find(p, '거실').area_ratio = 40.01), '가족융화', 'severe', '보통'],
    ['storage 9.99 %', (p: PlanView) => (find(p, '드레스룸').area_ratio = 9.99), '수납', 'slight', '우수'],
    ['storage 4.99 %', (p: PlanView) => (find(p, '드레스룸').area_ratio = 4.99), '수납', 'severe', '보통'],
  ])('%s', (_name, change, item, level, grade) => {
    const rubric = changed(change);
    expect(rubric.levels[item]).toBe(level);
    expect(rubric.grade).toBe(grade);
  });

  it('is severe on daylight when both conditions are missed, and 미흡 with fewer than two suitable items', () => {
    const rubric = changed((plan) => {
      plan.statistics.bay_count = 2;
      plan.statistics.windowless_ratio = 40;
      plan.statistics.structure_type = '타워형';
      find(plan, '드레스룸').area_ratio = 1;
    });
    expect(rubric.levels).toMatchObject({ 채광: 'severe', 환기: 'slight', 수납: 'severe' });
    expect(rubric.grade).toBe('미흡');
  });

  it('gives 불합격 when the main bedroom has no window, whatever else is good', () => {
    expect(changed((plan) => (find(plan, '침실1').windows = [])).grade).toBe('불합격');
    // 침실2 is not the main bedroom: smaller, and nothing names it so.
    expect(changed((plan) => (find(plan, '침실2').windows = [])).grade).toBe('최우수');
  });

  it.each(['안방', '부부침실', '침실(안방)', '침실 1(안방)'])(
    'takes the bedroom labelled %s as the main one',
    (label) => {
      const rubric = changed((plan) => (find(plan, '침실2').label = label));
      expect(rubric.mainBedroom?.name).toBe('침실2');
    },
  );

  it('does not take the bathroom of the main bedroom for it', () => {
    const rubric = changed((plan) => (find(plan, '화장실').label = '안방욕실'));
    expect(rubric.mainBedroom?.name).toBe('침실1');
  });

  it('counts storage by category and by label', () => {
    const rubric = changed((plan) => {
      plan.spaces.push(
        space('W.I.C', '다목적공간', 1, 0),
        space('팬트리', '기타', 1.5, 0),
        space('창고2', '기타', 2, 0, '창고'),
      );
    });
    expect(rubric.storageRatio).toBe(14.5);
  });

  it('adds percentages without the noise of binary fractions', () => {
    const rubric = changed((plan) => {
      find(plan, '거실').area_ratio = 20.01;
      find(plan, '주방').area_ratio = 9.99;
    });
    expect(rubric.familyRatio).toBe(30);
    expect(rubric.levels.가족융화).toBe('suitable');
  });

  it('has no must in a plan without bedrooms', () => {
    const rubric = changed(
      (plan) => (plan.spaces = plan.spaces.filter(({ category }) => category !== '침실')),
    );
    expect(rubric).toMatchObject({ mainBedroom: null, mustMet: true });
  });
});
