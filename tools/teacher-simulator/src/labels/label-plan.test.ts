import { strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { describe, expect, it } from 'vitest';
import type { Provider, Turn } from '../protocols/wire-protocol.ts';
import { makePlan, promptFor } from '../testing/make-plan.ts';
import { GEMINI_MISTAKES } from './gemini-mistakes.ts';
import { labelPlan } from './label-plan.ts';
import { OPENAI_MISTAKES } from './openai-mistakes.ts';

function label(number: number, provider: Provider, mistakes: number, followUps: readonly string[] = []) {
  const view = makePlan(number);
  const turns: Turn[] = [
    { role: 'system', text: '평가자' },
    { role: 'user', text: promptFor(view) },
    ...followUps.flatMap((text): Turn[] => [
      { role: 'assistant', text: '{}' },
      { role: 'user', text },
    ]),
  ];
  return labelPlan({ view, turn: 1 }, { seed: 1, mistakes, provider, model: 'm', turns });
}

const NUMBERS = Array.from({ length: 300 }, (_, number) => number);

describe.each([
  ['openai', OPENAI_MISTAKES],
  ['gemini', GEMINI_MISTAKES],
] as const)('labelPlan of %s', (provider, kinds) => {
  it('says exactly what the plan says without mistakes', () => {
    const { analysis, mistake } = label(5, provider, 0);
    expect(mistake).toBeNull();
    const withoutComments = (spaces: typeof analysis.spaces) =>
      spaces.map(({ evaluation_comment: _comment, ...rest }) => rest);
    const correct = ruleBasedAnalysis(makePlan(5));
    expect({ ...analysis, spaces: withoutComments(analysis.spaces) }).toEqual({
      ...correct,
      spaces: withoutComments(correct.spaces),
    });
  });

  it('is wrong in about the share asked for', () => {
    const wrong = NUMBERS.filter((number) => label(number, provider, 0.1).mistake !== null).length;
    expect(wrong).toBeGreaterThan(15);
    expect(wrong).toBeLessThan(48);
  });

  it('makes every kind of its mistakes, each visible and still of the schema', () => {
    const seen = new Set<string | null>();
    for (const number of NUMBERS.slice(0, 100)) {
      const { analysis, mistake } = label(number, provider, 1);
      seen.add(mistake);
      expect(analysis).not.toEqual(label(number, provider, 0).analysis);
      expect(strictFloorPlanAnalysisSchema.safeParse(analysis).success).toBe(true);
    }
    expect([...seen].sort()).toEqual(kinds.map(({ name }) => name).sort());
  });

  it('takes most mistakes back when asked again, and keeps the others as they were', () => {
    const corrected = NUMBERS.filter(
      (number) => label(number, provider, 1, ['모순: /bay_count']).mistake === null,
    ).length;
    expect(corrected / NUMBERS.length).toBeGreaterThan(0.6);
    expect(corrected / NUMBERS.length).toBeLessThan(0.8);
    for (const number of NUMBERS.slice(0, 30)) {
      const again = label(number, provider, 1, ['모순']);
      if (again.mistake !== null) expect(again).toEqual(label(number, provider, 1));
    }
  });
});

it('lets the two teachers word their labels differently', () => {
  expect(label(1, 'openai', 0).analysis).not.toEqual(label(1, 'gemini', 0).analysis);
});
