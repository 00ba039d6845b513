import { createRandom } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { MADE_UP_TEACHERS, bootstrapCoverage } from './bootstrap-coverage.ts';

describe.each(MADE_UP_TEACHERS)('made-up teachers: $name', (teachers) => {
  it('differ by what is said of them', () => {
    const random = createRandom(5);
    let sum = 0;
    for (let item = 0; item < 100_000; item++) {
      const [first, second] = teachers.draw(random);
      sum += first - second;
    }
    expect(sum / 100_000).toBeCloseTo(teachers.trueDifference, 2);
  });

  it('are covered by about 95 of 100 intervals', { timeout: 60_000 }, () => {
    // 250 comparisons: 95 % ± 4 points is the binomial interval of 99.6 %. The full count is the bench's.
    const coverage = bootstrapCoverage(teachers, { comparisons: 250, items: 60, seed: 7 });
    expect(coverage).toBeGreaterThan(0.905);
    expect(coverage).toBeLessThan(0.99);
  });
});
