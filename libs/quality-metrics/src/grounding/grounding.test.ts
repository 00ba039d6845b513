import { createRandom, planViewOf, shuffled } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { makeLabel } from '../testing/make-case.ts';
import { claimKindOf, claimsOf } from './claims-of.ts';
import { GROUNDING_WEIGHTS, groundLabel } from './ground-label.ts';
import { scoreGrounding } from './score-grounding.ts';

const spaceOf = (analysis: FloorPlanAnalysis, index: number) =>
  analysis.spaces[index] as FloorPlanAnalysis['spaces'][number];

// 6 facts, 2 ratios, that the spaces are all; 7 names and windows, 6 shares (one space is outside), 7 lists of connections with
// 2 + 1 + 1 entries, the grade.
const ALL_CLAIMS = 6 + 2 + 1 + 7 + 7 + 6 + 7 + 4 + 1;

describe('claimsOf', () => {
  it('lists what the graph decides', () => {
    const { analysis, graph } = makeLabel();
    expect(claimsOf(analysis, planViewOf(graph))).toHaveLength(ALL_CLAIMS);
  });

  it('finds the kind of every path that it lists', () => {
    const { analysis, graph } = makeLabel(({ spaces }) =>
      Object.assign(spaces[0] as object, { area_m2: 10 }),
    );
    const kinds = new Set(claimsOf(analysis, planViewOf(graph)).map(claimKindOf));
    expect([...kinds].sort()).toEqual(['connections', 'facts', 'grade', 'ratios', 'spaces', 'windows']);
    expect(claimKindOf('/compliance/non_compliant_items/2/reason')).toBe('items');
    expect(claimKindOf('/spaces/0/evaluation_comment')).toBe('texts');
    expect(claimKindOf('/compliance/summary')).toBe('texts');
  });
});

describe('groundLabel', () => {
  it('is 1 for a label that says what the graph says', () => {
    const grounded = groundLabel(makeLabel());
    expect(grounded.total).toBeCloseTo(1, 12);
    expect(grounded.metrics).toEqual({
      claims_true: 1,
      no_severe_contradiction: 1,
      grade_agreement: 1,
      spaces_real: 1,
    });
    expect(grounded.grade).toBe('same');
  });

  it('is 0 for an item without a label', () => {
    const { total, metrics, grade } = groundLabel({ ...makeLabel(), analysis: null });
    expect([total, ...Object.values(metrics)]).toEqual([0, 0, 0, 0, 0]);
    expect(grade).toBe('none');
  });

  it('counts a wrong window', () => {
    const grounded = groundLabel(makeLabel((analysis) => (spaceOf(analysis, 1).has_window = false)));
    expect(grounded.kinds.windows).toEqual({ claims: 7, denied: 1 });
    expect(grounded.metrics.claims_true).toBeCloseTo(1 - 1 / ALL_CLAIMS, 12);
    expect(grounded.metrics.no_severe_contradiction).toBe(0);
    expect(grounded.severe).toBe(1);
  });

  it('counts an invented space, of which nothing else is decided', () => {
    const grounded = groundLabel(
      makeLabel((analysis) => analysis.spaces.push({ ...spaceOf(analysis, 0), space_name: '서재' })),
    );
    expect(grounded.inventedSpaces).toBe(1);
    expect(grounded.kinds.spaces).toEqual({ claims: 9, denied: 1 });
    expect(grounded.kinds.windows.claims).toBe(7);
    expect(grounded.metrics.spaces_real).toBeCloseTo(7 / 8, 12);
  });

  it('gives half for a grade one step off, nothing for one further off or for a must turned round', () => {
    const agreement = (overall_grade: string) =>
      groundLabel(makeLabel(({ compliance }) => Object.assign(compliance, { overall_grade }))).metrics
        .grade_agreement;
    expect(['최우수', '우수', '보통', '불합격'].map(agreement)).toEqual([1, 0.5, 0, 0]);
  });

  it('has no grade without a compliance, and no spaces where none are listed', () => {
    const { metrics, kinds, grade } = groundLabel(
      makeLabel((analysis) => Object.assign(analysis, { compliance: null, spaces: [] })),
    );
    expect(metrics).toMatchObject({ grade_agreement: 0, spaces_real: 0 });
    expect(kinds.grade.claims).toBe(0);
    expect(grade).toBe('none');
  });

  it('is right of a graph without nodes', () => {
    const grounded = groundLabel(makeLabel(undefined, []));
    expect(grounded.metrics.spaces_real).toBe(1);
    expect(grounded.contradictions).toEqual([]);
  });

  it('counts prose only where the graph denies it', () => {
    const grounded = groundLabel(
      makeLabel(({ compliance }) =>
        compliance.non_compliant_items.push({
          category: '채광',
          item: '안방 창 설치',
          reason: '안방에 창이 없다',
          recommendation: '창을 낸다',
        }),
      ),
    );
    expect(grounded.kinds.items).toEqual({ claims: 1, denied: 1 });
  });
});

describe('scoreGrounding', () => {
  it('weighs four metrics that add up to 1', () => {
    const sum = Object.values(GROUNDING_WEIGHTS).reduce((total, weight) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  it('counts a missing label 0 in the means, and leaves it out of the figures per label', () => {
    const wrong = groundLabel(makeLabel((analysis) => (analysis.bay_count = 1)));
    const missing = groundLabel({ ...makeLabel(), analysis: null });
    const scores = scoreGrounding([wrong, missing], [true, false]);
    expect(scores.metrics.claims_true).toBeCloseTo((1 - 1 / ALL_CLAIMS) / 2, 12);
    expect(scores.metrics.grade_agreement).toBe(0.5);
    expect(scores.contradictions).toEqual({ perLabel: 1, severePerLabel: 0, severe: 0, minor: 1 });
    expect(scores.grades).toEqual({ same: 1, one_step: 0, denied: 0, none: 0 });
    expect(scores.kinds.facts).toEqual({ claims: 6, denied: 1 });
  });

  it('stays between 0 and 1 and does not depend on the order', () => {
    const random = createRandom(11);
    const labels = Array.from({ length: 60 }, () =>
      makeLabel((analysis) => {
        for (const space of analysis.spaces) {
          if (random.integer(3) === 0) space.has_window = !space.has_window;
          if (random.integer(4) === 0) space.space_name = '없는 방';
          if (random.integer(4) === 0) space.connected_spaces = ['거실', '현관'];
        }
        if (random.integer(3) === 0) analysis.spaces = [];
        if (random.integer(3) === 0) Object.assign(analysis, { compliance: null });
      }),
    );
    const grounded = labels.map(groundLabel);
    for (const { total, metrics } of grounded) {
      for (const value of [total, ...Object.values(metrics)]) expect(value >= 0 && value <= 1).toBe(true);
    }
    const all = labels.map(() => true);
    const again = scoreGrounding(shuffled(grounded, random), all);
    const scores = scoreGrounding(grounded, all);
    expect(again.total).toBeCloseTo(scores.total, 12);
    expect(again.kinds).toEqual(scores.kinds);
    expect(again.grades).toEqual(scores.grades);
  });

  it('is 0 without labels', () => {
    expect(scoreGrounding([], []).total).toBe(0);
  });
});
