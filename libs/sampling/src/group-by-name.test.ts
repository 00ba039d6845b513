import { describe, expect, it } from 'vitest';
import { groupByName } from './group-by-name.ts';
import { SamplingError } from './sampling-error.ts';

function numbered(prefix: string, from: number, count: number, width = 9): string[] {
  return Array.from({ length: count }, (_, index) => prefix + String(from + index).padStart(width, '0'));
}
function sizes(stems: readonly string[], stratify: Parameters<typeof groupByName>[1]) {
  const { groups } = groupByName(stems, stratify);
  return Object.fromEntries([...groups].map(([name, members]) => [name, members.length]));
}

describe('auto', () => {
  it('uses the finest prefix whose groups hold 5 drawings on average', () => {
    const stems = [...numbered('FP_OBJ_', 1_000_000, 6), ...numbered('FP_OBJ_', 3_000_000, 5)];
    expect(sizes(stems, 'auto')).toEqual({ FP_OBJ_001: 6, FP_OBJ_003: 5 });
    expect(groupByName(stems, 'auto').rule).toContain('first 3 digits');
  });

  it('goes coarser one digit at a time, down to none', () => {
    // 10 drawings: with 3 digits 5 groups, with 2 digits 5 groups, with 1 digit 2 groups of 5.
    const tens = ['10', '20', '30', '40', '50'].flatMap((n) => [`a1${n}01`, `a2${n}01`]);
    expect(sizes(tens, 'auto')).toEqual({ a1: 5, a2: 5 });
    expect(groupByName(tens, 'auto').rule).toContain('its first digit');
    const apart = [
      ...numbered('OBJ_', 111, 1),
      'OBJ_222',
      'OBJ_333',
      'OBJ_444',
      'OBJ_555',
      ...numbered('SPA_', 1, 5, 1),
    ];
    expect(sizes(apart, 'auto')).toEqual({ OBJ_: 5, SPA_: 5 });
    expect(groupByName(apart, 'auto').rule).toBe('auto: the text before the last run of digits');
  });

  it('accepts an average of exactly 5 and not one drawing less', () => {
    const ten = [...numbered('OBJ_', 0, 5), ...numbered('SPA_', 0, 5)];
    expect(Object.keys(sizes(ten, 'auto'))).toHaveLength(2);
    expect(sizes(ten.slice(1), 'auto')).toEqual({ all: 9 });
    expect(groupByName(ten.slice(1), 'auto').rule).toContain('auto: none');
  });

  it('looks at the last run of digits, wherever it stands', () => {
    expect(sizes([...numbered('2024_img', 1, 6).map((stem) => `${stem}_v`)], 'auto')).toEqual({
      '2024_img000': 6,
    });
  });

  it('lets a name without digits join the group of its text', () => {
    expect(sizes(['plan', 'plan1', 'plan2', 'plan3', 'plan4'], 'auto')).toEqual({ plan: 5 });
  });
});

describe('expression', () => {
  const stems = [...numbered('FP_OBJ_', 1, 3), ...numbered('FP_SPA_', 1, 4)];

  it('groups by its capture groups, joined', () => {
    expect(sizes(stems, /_(OBJ|SPA)_(0)/)).toEqual({ 'OBJ|0': 3, 'SPA|0': 4 });
  });

  it('is not led astray by the flags that remember a position', () => {
    expect(sizes(stems, /_(OBJ|SPA)_/g)).toEqual({ OBJ: 3, SPA: 4 });
  });

  it('is refused, with examples of names, when it groups nothing', () => {
    const refused = (expression: RegExp) => {
      try {
        groupByName(stems, expression);
      } catch (error) {
        if (error instanceof SamplingError) return error;
      }
      throw new Error('no error was thrown');
    };
    for (const expression of [/^(FP)/, /(\d+$|OBJ_.*|SPA_.*)/, /^(?:FP)_(OBJ)/, /^FP/]) {
      const error = refused(expression);
      expect(error.code).toBe('bad-stratify');
      expect(error.message).toContain('FP_OBJ_000000001');
      expect(error.message).not.toContain('\n');
    }
    expect(refused(/^(FP)/).message).toContain('one group');
    expect(refused(/((?:OBJ|SPA).*)/).message).toContain('a group of its own');
    expect(refused(/^FP_(OBJ)/).message).toContain('does not match');
    expect(refused(/^FP/).message).toContain('capture group');
  });
});

describe('none', () => {
  it('is one group', () => {
    expect(sizes(['a1', 'b2'], 'none')).toEqual({ all: 2 });
  });
});
