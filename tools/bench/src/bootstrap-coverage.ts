import { createRandom } from '@arae/floorplan';
import type { Random } from '@arae/floorplan';
import { comparePairwise } from '@arae/quality-metrics';

/** What a made-up teacher does on one item, and what that is on average. */
export interface MadeUpTeachers {
  name: string;
  /** Totals of both teachers on one item. */
  draw: (random: Random) => readonly [number, number];
  /** True mean of first − second. */
  trueDifference: number;
}

const uniform = (random: Random, low: number, high: number) => low + (high - low) * random.fraction();
const happens = (random: Random, probability: number) => random.fraction() < probability;

/** Totals as phase 4 sees them: from evenly spread to a few failures among many good labels. */
export const MADE_UP_TEACHERS: readonly MadeUpTeachers[] = [
  {
    name: 'spread evenly, paired by the difficulty of the plan',
    draw(random) {
      const ease = uniform(random, 0.6, 0.9);
      return [ease + uniform(random, 0, 0.1), ease + uniform(random, -0.05, 0.05)];
    },
    trueDifference: 0.05,
  },
  {
    name: 'one fails (total 0) on 5 % of the plans',
    draw: (random) => [uniform(random, 0.9, 1), happens(random, 0.05) ? 0 : uniform(random, 0.9, 1)],
    trueDifference: 0.05 * 0.95,
  },
  {
    name: 'wrong Bay counts (0.1 each) in 20 and 10 % of the labels',
    draw: (random) => [
      uniform(random, 0.9, 1) - (happens(random, 0.2) ? 0.1 : 0),
      uniform(random, 0.85, 0.95) - (happens(random, 0.1) ? 0.1 : 0),
    ],
    trueDifference: 0.04,
  },
];

/** Share of simulated comparisons whose 95 % interval holds the true difference. */
export function bootstrapCoverage(
  { draw, trueDifference }: MadeUpTeachers,
  { comparisons, items, seed }: { comparisons: number; items: number; seed: number },
): number {
  const random = createRandom(seed);
  let covered = 0;
  for (let comparison = 0; comparison < comparisons; comparison++) {
    const pairs = Array.from({ length: items }, () => draw(random));
    const { differences } = comparePairwise(
      [
        { name: 'first', values: pairs.map(([first]) => first) },
        { name: 'second', values: pairs.map(([, second]) => second) },
      ],
      { threshold: 0.05, random, rounds: 1000 },
    );
    const [difference] = differences;
    if (difference !== undefined && difference.low <= trueDifference && trueDifference <= difference.high) {
      covered++;
    }
  }
  return covered / comparisons;
}
