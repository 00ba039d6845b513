import { OVERALL_GRADES } from '@arae/floorplan';
import { pick } from '../seeded/pick.ts';
import type { Mistake } from './mistake.ts';

/** What the simulated Gemini teacher gets wrong: figures, completeness and grades. */
export const GEMINI_MISTAKES: readonly Mistake[] = [
  {
    name: 'wrong ratios',
    apply(analysis, _view, random) {
      analysis.balcony_ratio = shifted(analysis.balcony_ratio, 2 + random.integer(6));
      analysis.windowless_ratio = shifted(analysis.windowless_ratio, 5 + random.integer(10));
      return true;
    },
  },
  {
    name: 'wrong area ratio',
    apply(analysis, _view, random) {
      const space = pick(
        analysis.spaces.filter(({ area_ratio }) => area_ratio !== null),
        random,
      );
      if (space === undefined) return false;
      space.area_ratio = shifted(space.area_ratio as number, 3 + random.integer(5));
      return true;
    },
  },
  {
    name: 'missing space',
    apply(analysis, _view, random) {
      if (analysis.spaces.length < 2) return false;
      analysis.spaces.splice(random.integer(analysis.spaces.length), 1);
      return true;
    },
  },
  {
    name: 'wrong room count',
    apply(analysis, _view, random) {
      analysis.room_count += analysis.room_count === 0 || random.integer(2) === 0 ? 1 : -1;
      return true;
    },
  },
  {
    name: 'wrong grade',
    apply({ compliance }) {
      const rank = OVERALL_GRADES.findIndex((grade) => grade === compliance?.overall_grade);
      const wrong = OVERALL_GRADES[rank + 2] ?? OVERALL_GRADES[rank - 2];
      if (compliance === null || rank === -1 || wrong === undefined) return false;
      compliance.overall_grade = wrong;
      return true;
    },
  },
];

/** A percentage that is off by `points`, still between 0 and 100. */
function shifted(percentage: number, points: number): number {
  const up = percentage + points;
  return Math.round((up <= 100 ? up : percentage - points) * 100) / 100;
}
