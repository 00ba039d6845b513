import { describe, expect, it } from 'vitest';
import { planShowings } from './plan-showings.ts';

const stems = Array.from({ length: 200 }, (_, index) => `plan ${index}`);
const plan = (reviewer = 'kim', seed = 42) => planShowings({ stems, reviewer, seed, repeatShare: 0.1 });

describe('planShowings', () => {
  it('shows every drawing once and one in ten again, with its sides turned', () => {
    const showings = plan();
    expect(showings).toHaveLength(220);
    const first = showings.filter(({ repeat }) => repeat === 0);
    expect(first.map(({ stem }) => stem).sort()).toEqual([...stems].sort());
    for (const again of showings.filter(({ repeat }) => repeat === 1)) {
      const earlier = first.find(({ stem }) => stem === again.stem);
      expect(again.isSwapped).toBe(!earlier?.isSwapped);
    }
  });

  it('keeps the two showings of a drawing apart, the second behind the first', () => {
    for (const reviewer of ['a', 'b', 'c', 'd', 'e']) {
      const showings = plan(reviewer);
      for (const [place, { stem, repeat }] of showings.entries()) {
        if (repeat === 0) continue;
        const earlier = showings.findIndex((showing) => showing.stem === stem);
        const atEnd = showings.length - 1 - place;
        expect(place - earlier >= 12 || atEnd < 30).toBe(true);
        expect(place).toBeGreaterThan(earlier);
      }
    }
  });

  it('is the same again, and for another reviewer has the same order but other sides', () => {
    expect(plan()).toEqual(plan());
    const order = (reviewer: string) =>
      plan(reviewer).flatMap(({ stem, repeat }) => (repeat === 0 ? [stem] : []));
    expect(order('lee')).toEqual(order('kim'));
    expect(plan('lee')).not.toEqual(plan('kim'));
    expect(plan('kim', 43)).not.toEqual(plan('kim'));
  });

  it('gives either teacher the left side about as often', () => {
    const swapped = plan().filter(({ isSwapped }) => isSwapped).length;
    // Four standard deviations around the half of 220.
    expect(Math.abs(swapped - 110)).toBeLessThan(30);
  });

  it('has an order for one drawing and for none', () => {
    expect(planShowings({ stems: ['a'], reviewer: 'kim', seed: 1, repeatShare: 1 })).toHaveLength(2);
    expect(planShowings({ stems: [], reviewer: 'kim', seed: 1, repeatShare: 0.1 })).toEqual([]);
  });
});
