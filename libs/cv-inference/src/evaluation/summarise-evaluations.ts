import type { GraphEvaluation } from './evaluate-graph.ts';
import { addTallies, EMPTY_TALLY, scoresOf, type Scores, type Tally } from './tally.ts';

/** Figures over any number of drawings. Shares are 0…1; tallies are summed before a share is taken of them. */
export interface EvaluationSummary {
  readonly drawings: number;
  readonly rooms: Scores & {
    /** Mean overlap of the rooms found. */
    readonly meanIou: number;
    /** Of the rooms found, those with the right category. */
    readonly categoryAccuracy: number;
    /** Of the true rooms, those found with the right category. */
    readonly foundWithCategory: number;
    /** Of the rooms found, those with the right label. */
    readonly labelAccuracy: number;
  };
  readonly doors: Scores & { readonly f1At03: number };
  readonly windows: Scores & { readonly f1At03: number };
  readonly fixtures: Scores & { readonly byCategory: Readonly<Record<string, Scores>> };
  readonly edges: Scores & { readonly f1OfPairs: number };
  /** Share of the drawings whose figure is right. */
  readonly statistics: Readonly<Record<keyof GraphEvaluation['statistics'], number>>;
}

export function summariseEvaluations(evaluations: readonly GraphEvaluation[]): EvaluationSummary {
  const total = (of: (evaluation: GraphEvaluation) => Tally) =>
    evaluations.reduce((sum, evaluation) => addTallies(sum, of(evaluation)), EMPTY_TALLY);
  const sum = (of: (evaluation: GraphEvaluation) => number) =>
    evaluations.reduce((result, evaluation) => result + of(evaluation), 0);
  const rooms = total((evaluation) => evaluation.rooms);
  const names = Object.keys(evaluations[0]?.fixtures ?? {}) as (keyof GraphEvaluation['fixtures'])[];
  const byCategory = names.map((name) => [name, total((evaluation) => evaluation.fixtures[name])] as const);
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  const right = (field: keyof GraphEvaluation['statistics']) =>
    share(
      sum(({ statistics }) => (statistics[field] ? 1 : 0)),
      evaluations.length,
    );
  return {
    drawings: evaluations.length,
    rooms: {
      ...scoresOf(rooms),
      meanIou: share(
        sum(({ iouSum }) => iouSum),
        rooms.right,
      ),
      categoryAccuracy: share(
        sum(({ withCategory }) => withCategory),
        rooms.right,
      ),
      foundWithCategory: share(
        sum(({ withCategory }) => withCategory),
        rooms.truth,
      ),
      labelAccuracy: share(
        sum(({ withLabel }) => withLabel),
        rooms.right,
      ),
    },
    doors: { ...scoresOf(total(({ doors }) => doors)), f1At03: scoresOf(total((e) => e.doorsNearly)).f1 },
    windows: {
      ...scoresOf(total(({ windows }) => windows)),
      f1At03: scoresOf(total((e) => e.windowsNearly)).f1,
    },
    fixtures: {
      ...scoresOf(byCategory.reduce((all, [, tally]) => addTallies(all, tally), EMPTY_TALLY)),
      byCategory: Object.fromEntries(byCategory.map(([name, tally]) => [name, scoresOf(tally)])),
    },
    edges: { ...scoresOf(total(({ edges }) => edges)), f1OfPairs: scoresOf(total((e) => e.joinedPairs)).f1 },
    statistics: {
      room_count: right('room_count'),
      bathroom_count: right('bathroom_count'),
      balcony_count: right('balcony_count'),
      bay_count: right('bay_count'),
      structure_type: right('structure_type'),
    },
  };
}
