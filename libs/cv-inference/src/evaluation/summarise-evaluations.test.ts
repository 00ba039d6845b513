import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import { evaluateGraph } from './evaluate-graph.ts';
import { summariseEvaluations } from './summarise-evaluations.ts';

const row = (rooms: number) =>
  makeGraph(
    Object.fromEntries(
      Array.from({ length: rooms }, (_, index) => [
        `room_${index}`,
        {
          bbox: [200 * index, 0, 200, 200] as [number, number, number, number],
          label: `침실${index}`,
          fixtures: { [`o${index}`]: ['변기', [200 * index + 20, 20, 40, 40]] },
        },
      ]),
    ),
  );

describe('summariseEvaluations', () => {
  it('sums over drawings before it takes a share: three of four rooms, not the mean of a half and all', () => {
    const summary = summariseEvaluations([evaluateGraph(row(2), row(1)), evaluateGraph(row(2), row(2))]);
    expect(summary.drawings).toBe(2);
    expect(summary.rooms).toMatchObject({ truth: 4, found: 3, right: 3, precision: 1, recall: 0.75 });
    expect(summary.rooms.f1).toBeCloseTo(6 / 7, 12);
    expect(summary.rooms).toMatchObject({ categoryAccuracy: 1, foundWithCategory: 0.75, labelAccuracy: 1 });
    expect(summary.rooms.meanIou).toBeCloseTo(1, 12);
    expect(summary.fixtures).toMatchObject({ truth: 4, found: 3, recall: 0.75 });
    expect(summary.fixtures.byCategory['객체_변기']).toMatchObject({ truth: 4, right: 3 });
    expect(summary.fixtures.byCategory['객체_욕조']).toMatchObject({ truth: 0, f1: 1 });
  });

  it('counts a drawing without a graph as missed', () => {
    const summary = summariseEvaluations([evaluateGraph(row(2), row(2)), evaluateGraph(row(2), undefined)]);
    expect(summary.rooms).toMatchObject({ recall: 0.5, precision: 1, foundWithCategory: 0.5 });
    expect(summary.statistics).toMatchObject({ room_count: 0.5, structure_type: 0.5 });
  });

  it('gives ones where there was nothing to find', () => {
    const empty = makeGraph({});
    const summary = summariseEvaluations([evaluateGraph(empty, empty)]);
    expect(summary.rooms).toMatchObject({ f1: 1, meanIou: 1, categoryAccuracy: 1 });
    expect(summary.doors).toMatchObject({ f1: 1, f1At03: 1 });
    expect(summary.edges).toMatchObject({ f1: 1, f1OfPairs: 1 });
  });

  it('knows that there may be no drawings', () => {
    expect(summariseEvaluations([])).toMatchObject({ drawings: 0, statistics: { room_count: 1 } });
  });
});
