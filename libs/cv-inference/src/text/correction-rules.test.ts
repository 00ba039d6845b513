import { describe, expect, it } from 'vitest';
import { CorrectionRulesError } from './correction-rules-error.ts';
import { parseCorrectionRules } from './correction-rules.ts';

function replaced(pattern: string, replacement: string, text: string): string | undefined {
  return parseCorrectionRules(JSON.stringify([{ pattern, replacement }]))[0]?.apply(text);
}

describe('parseCorrectionRules', () => {
  // Expected values are what Python 3.11 gives.
  it.each([
    [String.raw`\w`, '.', 'aé①ⅷ²٣_가', '........'],
    [String.raw`\w`, '.', 'e\u0301😀-|', '.\u0301😀-|'],
    [String.raw`\s+`, '', ' \t\n\x1c\x1f\x85\u00a0\u3000\u2028', ''],
    [String.raw`\s`, '', '\ufeff\u200b', undefined],
    [String.raw`[^\s가]`, '.', 'a 가', '. 가'],
    [String.raw`[\W]`, '.', 'a-가', 'a.가'],
    [String.raw`\d{2}`, 'N', '1٣4', 'N4'],
    ['[가|나]다', '-', '|다 나다 다', '- - 다'],
    ['a.c', 'x', 'a\u2028c a\nc', 'x a\nc'],
    ['a.c', 'x', 'a😀c', 'x'],
    ['가$', '-', '가\n', '-\n'],
    [String.raw`가\Z`, '-', '가\n', undefined],
    ['^가', '-', '가\n가', '-\n가'],
    [String.raw`\b방`, '-', '안방 방', '안방 -'],
    ['(가)(나)?', String.raw`\2\1$1`, '가', '가$1'],
    ['(?P<x>가)(?P=x)', String.raw`\g<x>\g<1>!`, '가가', '가가!'],
    ['x*', '-', 'abxd', '-a-b--d-'],
    ['a{,2}b', '-', 'aab', '-'],
    ['a{x}', '-', 'a{x}', '-'],
    ['[]a-]', '.', ']a-b', '...b'],
    ['[&&a]', '.', '&a', '..'],
    [String.raw`\.\-\/`, '', '.-/', ''],
    ['(?i)elev', 'E', 'ELev', 'E'],
    ['가', String.raw`\\n\n`, '가', '\\n\n'],
  ])('%j with %j makes of %j: %j', (pattern, replacement, text, expected) => {
    expect(replaced(pattern, replacement, text)).toBe(expected);
  });

  it.each([
    ['{', 'correction rules: not JSON'],
    ['{}', /^correction rules: .*expected a list of \{"pattern", "replacement"\}$/],
    ['[{"pattern":"a","replacement":"b"},{"pattern":"a"}]', /^correction rules: rule 2: replacement: /],
    ['[{"pattern":"","replacement":""}]', /rule 1: pattern: /],
    ['[{"pattern":"(a","replacement":""}]', /rule 1: "\(a": /],
    ['[{"pattern":"[a","replacement":""}]', /rule 1: "\[a": missing \]/],
    ['[{"pattern":"(?>a)","replacement":""}]', /not supported/],
    ['[{"pattern":"\\\\q","replacement":""}]', /\\q is not known/],
    ['[{"pattern":"\\\\u{2}","replacement":""}]', /needs 4 hexadecimal digits/],
    ['[{"pattern":"a","replacement":"\\\\1"}]', /replacement: no group 1/],
    ['[{"pattern":"a","replacement":"\\\\g<x>"}]', /replacement: no group x/],
    ['[{"pattern":"a","replacement":"\\\\"}]', /a \\ at the end/],
  ])('refuses %s', (text, message) => {
    expect(() => parseCorrectionRules(text)).toThrow(CorrectionRulesError);
    expect(() => parseCorrectionRules(text)).toThrow(message);
  });

  it('tells which rule is at fault, in one line', () => {
    try {
      parseCorrectionRules('[{"pattern":"a","replacement":""},{"pattern":"a\\n(","replacement":""}]');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ rule: 2 });
      expect((error as Error).message).not.toContain('\n');
    }
  });
});
