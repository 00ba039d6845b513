import { createRandom, shuffled } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { chooseWinner } from './choose-winner.ts';
import type { Candidate } from './choose-winner.ts';
import { describeStep } from './decision-step.ts';

const RULE = { threshold: 0.05, minSchemaCompliance: 0.95 };

function candidate(
  name: string,
  total: number,
  costPerLabel: number | null,
  more: Partial<Candidate> = {},
): Candidate {
  return { name, total, costPerLabel, schemaCompliance: 1, isReference: false, ...more };
}

const winnerOf = (...candidates: Candidate[]) => chooseWinner(candidates, RULE).winner;

describe('chooseWinner', () => {
  it('takes the cheapest among those that are close to the best', () => {
    const decision = chooseWinner([candidate('openai', 0.9, 0.012), candidate('gemini', 0.88, 0.004)], RULE);
    expect(decision).toMatchObject({
      winner: 'gemini',
      reasons: [
        'openai has the best total, 0.9000.',
        'Within 0.05 of it: openai (0.9000), gemini (0.8800).',
        'gemini is the cheapest of them: USD 0.004000 per label.',
      ],
    });
  });

  it('takes the best when nobody is close, whatever it costs', () => {
    const decision = chooseWinner([candidate('openai', 0.9, 5), candidate('gemini', 0.84, 0.001)], RULE);
    expect(decision).toMatchObject({ winner: 'openai', reasons: ['openai has the best total, 0.9000.'] });
  });

  it('counts the threshold itself as close, for any totals', () => {
    for (let points = 0; points <= 95; points++) {
      const best = candidate('openai', (points + 5) / 100, 2);
      expect(winnerOf(best, candidate('gemini', points / 100, 1)), String(points)).toBe('gemini');
      expect(winnerOf(best, candidate('gemini', points / 100 - 1e-6, 1)), String(points)).toBe('openai');
    }
    // Sums of many binary fractions are off by a little.
    expect(winnerOf(candidate('openai', 0.9, 2), candidate('gemini', 0.85 - 5e-15, 1))).toBe('gemini');
  });

  it('prefers a cost that is known, also over none at all', () => {
    expect(winnerOf(candidate('openai', 0.9, null), candidate('gemini', 0.87, 99))).toBe('gemini');
    expect(winnerOf(candidate('openai', 0.9, 0.01), candidate('gemini', 0.87, 0))).toBe('gemini');
    const unknown = chooseWinner([candidate('openai', 0.87, null), candidate('gemini', 0.9, null)], RULE);
    expect(unknown.winner).toBe('gemini');
    expect(unknown.reasons.at(-1)).toContain('its cost is not known');
  });

  it('never takes a reference, not even as the measure of the best', () => {
    const reference = candidate('rule-based', 1, 0, { isReference: true });
    expect(winnerOf(reference, candidate('openai', 0.6, 2), candidate('gemini', 0.56, 1))).toBe('gemini');
    expect(chooseWinner([reference], RULE)).toMatchObject({
      winner: null,
      reasons: ['No teacher is left to win.'],
    });
  });

  it('puts out whoever is under the schema compliance asked for, with the reason', () => {
    const sloppy = candidate('openai', 0.99, 0.001, { schemaCompliance: 0.949 });
    const decision = chooseWinner([sloppy, candidate('gemini', 0.5, 9, { schemaCompliance: 0.95 })], RULE);
    expect(decision).toMatchObject({
      winner: 'gemini',
      reasons: [
        'openai is out: schema compliance 0.949 is under 0.95.',
        'gemini has the best total, 0.5000.',
      ],
    });
  });

  it('gives nobody when all are out, with every reason', () => {
    const decision = chooseWinner(
      [
        candidate('openai', 0.9, 1, { schemaCompliance: 0 }),
        candidate('gemini', 0.9, 1, { schemaCompliance: 0.5 }),
      ],
      RULE,
    );
    expect(decision).toMatchObject({
      winner: null,
      reasons: [
        'openai is out: schema compliance 0.000 is under 0.95.',
        'gemini is out: schema compliance 0.500 is under 0.95.',
        'No teacher is left to win.',
      ],
    });
    expect(chooseWinner([], RULE).winner).toBeNull();
  });

  it('tells every step as data, which is worded in two languages', () => {
    const { steps, reasons } = chooseWinner(
      [
        candidate('openai', 0.9, 0.012),
        candidate('gemini', 0.88, null),
        candidate('bad', 1, 0, { schemaCompliance: 0.2 }),
      ],
      RULE,
    );
    expect(steps).toEqual([
      { kind: 'below_compliance', name: 'bad', schemaCompliance: 0.2, minimum: 0.95 },
      { kind: 'best', name: 'openai', total: 0.9 },
      {
        kind: 'close',
        threshold: 0.05,
        candidates: [
          { name: 'openai', total: 0.9 },
          { name: 'gemini', total: 0.88 },
        ],
      },
      { kind: 'cheapest', name: 'openai', costPerLabel: 0.012 },
    ]);
    expect(reasons).toEqual(steps.map((step) => describeStep(step, 'en')));
    for (const step of steps) expect(describeStep(step, 'ko')).toMatch(/[가-힣]/);
    const override = { kind: 'override', name: 'gemini', byRule: 'openai', reason: '문체가 낫다' } as const;
    expect(describeStep(override)).toBe('A person chose gemini instead of openai: 문체가 낫다');
    expect(describeStep(override, 'ko')).toContain('문체가 낫다');
  });

  it('settles ties by the better total, then by the name, whatever the order', () => {
    expect(winnerOf(candidate('a', 0.88, 1), candidate('b', 0.9, 1))).toBe('b');
    const random = createRandom(5);
    const equals = ['c', 'a', 'b'].map((name) => candidate(name, 0.9, 1));
    for (let round = 0; round < 6; round++) expect(winnerOf(...shuffled(equals, random))).toBe('a');
  });
});
