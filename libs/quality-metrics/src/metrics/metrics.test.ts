import { shuffled, createRandom } from '@arae/floorplan';
import type { Random } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { makeLabel } from '../testing/make-case.ts';
import type { LabelUnderTest } from './label-under-test.ts';
import {
  analysisDepth,
  bayCountConsistency,
  complianceReasoning,
  fieldCompleteness,
  jsonValidity,
  recommendationQuality,
  schemaCompliance,
  spaceCountAccuracy,
} from './metrics.ts';
import { METRICS, scoreLabels } from './score-labels.ts';

const FAILED: LabelUnderTest = { ...makeLabel(), analysis: null, isJson: false };
const NO_SPACES = makeLabel((analysis) => (analysis.spaces = []));
const NO_COMPLIANCE = makeLabel((analysis) => Object.assign(analysis, { compliance: null }));

describe('schemaCompliance', () => {
  it('is 1 for a label whose JSON needed no repair', () => {
    expect(schemaCompliance(makeLabel())).toBe(1);
    expect(schemaCompliance({ ...makeLabel(), isRepaired: true })).toBe(0);
    expect(schemaCompliance(FAILED)).toBe(0);
  });
});

describe('jsonValidity', () => {
  it('is 1 for JSON of whatever shape', () => {
    expect(jsonValidity(makeLabel())).toBe(1);
    expect(jsonValidity({ ...FAILED, isJson: true })).toBe(1);
    expect(jsonValidity(FAILED)).toBe(0);
  });
});

describe('fieldCompleteness', () => {
  // 10 facts, 3 lists and objects, 4 evaluations, 3 of the compliance; of 7 spaces 3 texts each, 6 shares (one is outside), and
  // 3 with connections.
  const ALL = 10 + 3 + 4 + 3 + 7 * 3 + 6 + 3;

  it('is 1 when everything is filled that the graph can tell', () => {
    expect(fieldCompleteness(makeLabel())).toBe(1);
  });

  it.each<[string, LabelUnderTest, number]>([
    ['a blank text', makeLabel((analysis) => (analysis.summary = '  ')), (ALL - 1) / ALL],
    ['no design evaluation', makeLabel((analysis) => (analysis.design_evaluation = null)), (ALL - 4) / ALL],
    ['no recommendations', makeLabel((analysis) => (analysis.recommendations = [])), (ALL - 1) / ALL],
    ['no compliance', NO_COMPLIANCE, (ALL - 4) / (ALL - 3)],
    ['no items', makeLabel(({ compliance }) => (compliance.compliant_items = [])), (ALL - 1) / ALL],
    ['no spaces', NO_SPACES, (20 - 1) / 20],
    [
      'no share',
      makeLabel(({ spaces }) => Object.assign(spaces[0] as object, { area_ratio: null })),
      (ALL - 1) / ALL,
    ],
    [
      'no share outside',
      makeLabel(({ spaces }) => Object.assign(spaces[6] as object, { area_ratio: null })),
      1,
    ],
    [
      'no connections',
      makeLabel(({ spaces }) => Object.assign(spaces[1] as object, { connected_spaces: [] })),
      (ALL - 1) / ALL,
    ],
    ['an area', makeLabel(({ spaces }) => Object.assign(spaces[0] as object, { area_m2: 3 })), 1],
  ])('counts %s', (_name, label, expected) => {
    expect(fieldCompleteness(label)).toBeCloseTo(expected, 12);
  });

  it('finds the space of the graph by its name, not by its place', () => {
    const turned = makeLabel((analysis) => analysis.spaces.reverse());
    expect(fieldCompleteness(turned)).toBe(1);
    const shortened = makeLabel((analysis) => analysis.spaces.shift());
    expect(fieldCompleteness(shortened)).toBe(1);
  });

  it('asks of a space that the graph does not know only its texts', () => {
    const invented = makeLabel((analysis) => {
      analysis.spaces = [
        { ...(analysis.spaces[0] as (typeof analysis.spaces)[0]), space_name: '서재', area_ratio: null },
      ];
    });
    expect(fieldCompleteness(invented)).toBe(1);
  });
});

describe('spaceCountAccuracy', () => {
  it.each([
    [7, 7, 1],
    [6, 7, 6 / 7],
    [8, 7, 6 / 7],
    [0, 7, 0],
    [14, 7, 0],
    [21, 7, 0],
    [0, 0, 1],
    [1, 0, 0],
  ])('is right for %i spaces of %i nodes', (spaces, nodes, expected) => {
    const label = makeLabel((analysis, graph) => {
      analysis.spaces = Array.from(
        { length: spaces },
        () => analysis.spaces[0] as (typeof analysis.spaces)[0],
      );
      graph.nodes = graph.nodes.slice(0, nodes);
    });
    expect(spaceCountAccuracy(label)).toBeCloseTo(expected, 12);
  });
});

describe('adding a correct space', () => {
  it('never lowers the count accuracy of a label that lists spaces of the graph', () => {
    const random = createRandom(23);
    for (let round = 0; round < 100; round++) {
      const { graph, analysis: whole } = makeLabel();
      const order = shuffled(whole.spaces, random);
      let before = -1;
      for (let listed = 0; listed <= order.length; listed++) {
        const label = { ...makeLabel(), graph, analysis: { ...whole, spaces: order.slice(0, listed) } };
        const accuracy = spaceCountAccuracy(label);
        expect(accuracy).toBeGreaterThanOrEqual(before);
        before = accuracy;
      }
      expect(before).toBe(1);
    }
  });
});

describe('bayCountConsistency', () => {
  it('is 1 for the count of the graph', () => {
    expect(bayCountConsistency(makeLabel())).toBe(1);
    expect(bayCountConsistency(makeLabel((analysis) => (analysis.bay_count = 3)))).toBe(0);
  });
});

describe('complianceReasoning', () => {
  const item = { category: '채광', item: '창', reason: '없다', recommendation: '둔다' };

  it('is 1 with an item of either kind', () => {
    expect(complianceReasoning(makeLabel())).toBe(1);
    const missed = makeLabel(({ compliance }) =>
      Object.assign(compliance, { compliant_items: [], non_compliant_items: [item] }),
    );
    expect(complianceReasoning(missed)).toBe(1);
    expect(complianceReasoning(makeLabel(({ compliance }) => (compliance.compliant_items = [])))).toBe(0);
    expect(complianceReasoning(NO_COMPLIANCE)).toBe(0);
  });
});

describe('analysisDepth', () => {
  function depth(...comments: string[]): number {
    return analysisDepth(
      makeLabel((analysis) => {
        const [first] = analysis.spaces;
        analysis.spaces = comments.map((evaluation_comment) => ({
          ...(first as typeof first & object),
          evaluation_comment,
        }));
      }),
    );
  }

  it('is the mean length of the comments, of 60 characters at most', () => {
    expect(depth('가'.repeat(60))).toBe(1);
    expect(depth('가'.repeat(500))).toBe(1);
    expect(depth('가'.repeat(30))).toBe(0.5);
    expect(depth('가'.repeat(60), '')).toBe(0.5);
    expect(depth()).toBe(0);
  });

  it('rewards no length beyond two plain sentences', () => {
    for (const length of [60, 61, 120, 5000]) expect(depth('가'.repeat(length))).toBe(1);
  });

  it('counts characters, not code units, and no blanks at the ends', () => {
    expect(depth(`  ${'🏠'.repeat(15)}\n`)).toBe(0.25);
  });
});

describe('recommendationQuality', () => {
  const quality = (recommendations: string[] | null) =>
    recommendationQuality(makeLabel((analysis) => (analysis.recommendations = recommendations)));
  const text = '나'.repeat(25);

  it.each([
    [[text, text, text], 1],
    [[text, text, text, text], 1],
    [[text], (1 / 3 + 1) / 2],
    [['나'.repeat(5), '나'.repeat(10)], (2 / 3 + 0.3) / 2],
    [[text, ' '], (1 / 3 + 1) / 2],
    [[''], 0],
    [[], 0],
    [null, 0],
  ])('%j', (recommendations, expected) => {
    expect(quality(recommendations)).toBeCloseTo(expected, 12);
  });
});

describe('all metrics', () => {
  it('are 0 for an item that failed', () => {
    for (const [name, { measure }] of Object.entries(METRICS)) expect(measure(FAILED), name).toBe(0);
  });

  it('are 1 for a complete label', () => {
    expect(scoreLabels([makeLabel()]).total).toBeCloseTo(1, 12);
  });

  it('stay between 0 and 1, whatever the label', () => {
    const random = createRandom(7);
    for (let round = 0; round < 300; round++) {
      const label = randomLabel(random);
      for (const [name, { measure }] of Object.entries(METRICS)) {
        const value = measure(label);
        expect(value >= 0 && value <= 1, `${name} is ${value} in round ${round}`).toBe(true);
      }
    }
  });
});

describe('scoreLabels', () => {
  it('weighs eight metrics that add up to 1', () => {
    const weights = Object.values(METRICS).map(({ weight }) => weight);
    expect(weights).toHaveLength(8);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('gives the means and their weighted sum', () => {
    const scores = scoreLabels([
      makeLabel(),
      makeLabel((analysis) => (analysis.bay_count = 1)),
      FAILED,
      FAILED,
    ]);
    expect(scores.count).toBe(4);
    expect(scores.metrics).toEqual({
      schema_compliance: 0.5,
      field_completeness: 0.5,
      space_count_accuracy: 0.5,
      bay_count_consistency: 0.25,
      compliance_reasoning: 0.5,
      analysis_depth: 0.5,
      recommendation_quality: 0.5,
      json_validity: 0.5,
    });
    expect(scores.total).toBeCloseTo(0.475, 12);
  });

  it('scores 0 without labels', () => {
    const { count, metrics, total } = scoreLabels([]);
    expect([count, total, ...Object.values(metrics)]).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('does not depend on the order of the labels', () => {
    const random = createRandom(3);
    const labels = Array.from({ length: 20 }, () => randomLabel(random));
    const { metrics, total } = scoreLabels(labels);
    for (let round = 0; round < 5; round++) {
      const again = scoreLabels(shuffled(labels, random));
      expect(again.total).toBeCloseTo(total, 12);
      for (const [name, value] of Object.entries(metrics)) {
        expect(again.metrics[name as keyof typeof metrics]).toBeCloseTo(value, 12);
      }
    }
  });
});

function randomLabel(random: Random): LabelUnderTest {
  const flip = () => random.integer(2) === 0;
  const text = () => (flip() ? '' : '가 '.repeat(random.integer(80)));
  const texts = () => Array.from({ length: random.integer(6) }, text);
  const label = makeLabel((analysis, graph) => {
    graph.nodes = graph.nodes.slice(0, random.integer(8));
    graph.edges = [];
    analysis.spaces = Array.from({ length: random.integer(20) }, (_, index) => ({
      ...(analysis.spaces[index % analysis.spaces.length] as (typeof analysis.spaces)[0]),
      area_ratio: flip() ? null : random.integer(100),
      evaluation_comment: text(),
    }));
    analysis.summary = text();
    analysis.bay_count = random.integer(6) - 1;
    analysis.recommendations = flip() ? null : texts();
    analysis.compliance.compliant_items = texts();
    if (flip()) analysis.design_evaluation = null;
    if (flip()) Object.assign(analysis, { compliance: null });
  });
  return {
    ...label,
    analysis: random.integer(5) === 0 ? null : label.analysis,
    isJson: flip(),
    isRepaired: flip(),
  };
}
