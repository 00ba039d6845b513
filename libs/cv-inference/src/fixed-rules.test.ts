import { describe, expect, it } from 'vitest';
import type { GraphRules } from '@arae/floorplan';
import { loadAggregator } from './load-aggregator.ts';
import { makeDetections, outlineOf, space, structure } from './testing/make-detections.ts';

const { aggregate } = await loadAggregator();

/** What a graph says under both rules. */
function bothWays<Answer>(
  content: Parameters<typeof makeDetections>[0],
  ask: (graph: ReturnType<typeof aggregate>['graph']) => Answer,
): Record<GraphRules, Answer> {
  const detections = makeDetections(content);
  return {
    service: ask(aggregate(detections).graph),
    fixed: ask(aggregate(detections, { rules: 'fixed' }).graph),
  };
}

describe('rules', () => {
  it('are those of the service unless others are asked for, and are told beside the graph', () => {
    const detections = makeDetections({ spaces: [space('거실', [0, 0, 100, 100])] });
    const service = aggregate(detections);
    expect(service.provenance).toEqual({ rules: 'service' });
    expect(aggregate(detections, { rules: 'service' })).toEqual(service);
    const fixed = aggregate(detections, { rules: 'fixed' });
    expect(fixed.provenance).toEqual({ rules: 'fixed' });
    expect(fixed.text).toBe(service.text);
    expect(service.text).not.toContain('provenance');
  });
});

describe('fixed rules', () => {
  it.each(['ELEV.HALL', 'E/V홀', 'EV', '승강기홀'])('count %s as outside', (label) => {
    const spaces = [space('거실', [0, 0, 100, 100]), space('기타', [200, 0, 100, 100])];
    const answer = bothWays({ spaces, texts: [[label, 250, 50]] }, ({ nodes, statistics }) => [
      nodes[1]?.is_outside,
      nodes[0]?.area_ratio,
      statistics.total_inside_area,
    ]);
    expect(answer).toEqual({ service: [false, 0.5, 20_000], fixed: [true, 1, 10_000] });
  });

  it('do not take a hall, or a label without letters, for outside', () => {
    const spaces = [space('거실', [0, 0, 100, 100]), space('기타', [200, 0, 100, 100])];
    const texts = [
      ['홀', 50, 50],
      ['/', 250, 50],
    ] as const;
    expect(bothWays({ spaces, texts }, ({ nodes }) => nodes.map(({ is_outside }) => is_outside))).toEqual({
      service: [true, true],
      fixed: [false, false],
    });
  });

  it('do not split a space with a kitchen and a bedroom label as if they were two bedrooms', () => {
    const texts = [
      ['주방', 100, 100],
      ['드레스룸', 300, 100],
    ] as const;
    const spaces = [space('주방', [0, 0, 400, 200])];
    expect(bothWays({ spaces, texts }, ({ nodes }) => nodes.length)).toEqual({ service: 2, fixed: 1 });
  });

  it('keep the door of a kitchen and a bedroom where three rooms meet', () => {
    const spaces = [
      space('거실', [100, 100, 200, 200]),
      space('침실', [308, 100, 200, 200]),
      space('주방', [100, 308, 408, 200]),
    ];
    const structures = [structure(0, '출입문', [280, 280, 60, 60])];
    expect(
      bothWays({ spaces, structures }, ({ edges }) =>
        edges.filter(({ connection_type }) => connection_type === 'door').map((edge) => edge.target_node),
      ),
    ).toEqual({ service: ['space_1', 'space_2'], fixed: ['space_1', 'space_2', 'space_2'] });
  });

  it('split until every piece holds one room', () => {
    const texts = [
      ['침실1', 100, 100],
      ['침실2', 300, 100],
      ['침실3', 500, 100],
    ] as const;
    const answer = bothWays({ spaces: [space('침실', [0, 0, 600, 200])], texts }, ({ nodes }) =>
      nodes.map(({ contains }) => contains.ocr_labels),
    );
    expect(answer.service).toHaveLength(2);
    expect(answer.service).toContainEqual(['침실2', '침실3']);
    expect(answer.fixed).toEqual([['침실1'], ['침실2'], ['침실3']]);
  });

  it('try the next wall when one does not cut the space', () => {
    const texts = [
      ['침실1', 100, 100],
      ['침실2', 500, 100],
    ] as const;
    const structures = [structure(0, '벽체', [300, -10, 10, 50]), structure(1, '벽체', [200, -10, 10, 220])];
    const spaces = [space('침실', [0, 0, 600, 200])];
    expect(
      bothWays({ spaces, texts, structures }, ({ nodes }) => nodes.map(({ bbox }) => bbox?.[2])),
    ).toEqual({ service: [300, 300], fixed: [198, 388] });
  });

  it('see through a filled ring of walls', () => {
    const spaces = [space('거실', [100, 100, 200, 200]), space('주방', [308, 100, 200, 200])];
    const structures = [structure(0, '벽체', [80, 80, 448, 240])];
    expect(bothWays({ spaces, structures }, ({ edges }) => edges.length)).toEqual({ service: 0, fixed: 1 });
  });

  it('leave walls alone that only border on rooms', () => {
    const spaces = [space('거실', [100, 100, 200, 200]), space('주방', [308, 100, 200, 200])];
    const structures = [structure(0, '벽체', [302, 100, 4, 200])];
    expect(bothWays({ spaces, structures }, ({ edges }) => edges.length)).toEqual({ service: 0, fixed: 0 });
  });

  it('take further rings for holes', () => {
    const ring = {
      ...structure(0, '벽체', [80, 80, 448, 240]),
      segmentation: [outlineOf([80, 80, 448, 240]), outlineOf([90, 90, 428, 220])],
    };
    const spaces = [space('거실', [100, 100, 200, 200]), space('주방', [308, 100, 200, 200])];
    const wall = structure(1, '벽체', [302, 190, 4, 20]);
    const edges = (structures: (typeof wall)[]) =>
      bothWays({ spaces, structures }, (graph) => graph.edges.length);
    expect(edges([ring])).toEqual({ service: 0, fixed: 1 });
    expect(edges([ring, wall])).toEqual({ service: 0, fixed: 0 });
  });
});
