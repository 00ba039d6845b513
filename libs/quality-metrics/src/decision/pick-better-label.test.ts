import { describe, expect, it } from 'vitest';
import { pickBetterLabel } from './pick-better-label.ts';
import type { LabelOption } from './pick-better-label.ts';

function option(teacher: string, severe: number, minor: number): LabelOption {
  const contradiction = { path: '/bay_count', claim: 1, fact: 2 };
  return {
    teacher,
    grounded: {
      severe,
      contradictions: [
        ...Array.from({ length: severe }, () => ({ ...contradiction, severity: 'severe' as const })),
        ...Array.from({ length: minor }, () => ({ ...contradiction, severity: 'minor' as const })),
      ],
    },
  };
}

function pick(...options: LabelOption[]) {
  const better = pickBetterLabel(options);
  return [better?.chosen.teacher, better?.rejected.map(({ teacher }) => teacher)];
}

describe('pickBetterLabel', () => {
  it('takes the label with fewer severe contradictions, whatever the minor ones', () => {
    expect(pick(option('openai', 1, 0), option('gemini', 0, 9))).toEqual(['gemini', ['openai']]);
  });

  it('then the one with fewer of all', () => {
    expect(pick(option('openai', 1, 2), option('gemini', 1, 1))).toEqual(['gemini', ['openai']]);
  });

  it('takes the first among equals and rejects nobody that stands as well', () => {
    expect(pick(option('b', 0, 1), option('a', 0, 1), option('c', 2, 0))).toEqual(['b', ['c']]);
  });

  it('lists the rejected, worst last', () => {
    expect(pick(option('a', 3, 0), option('b', 1, 0), option('c', 0, 0))).toEqual(['c', ['b', 'a']]);
  });

  it('is null without labels', () => {
    expect(pickBetterLabel([])).toBeNull();
  });
});
