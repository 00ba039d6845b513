import { describe, expect, it } from 'vitest';
import { readRealGraphs } from '../testing/real-graphs.ts';
import {
  isRawJsonNumber,
  parseSpelledJson,
  spellPythonFloat,
  stringifyIndented,
  toPlainJson,
} from './spelled-json.ts';
import type { SpelledJson } from './spelled-json.ts';

const realGraphs = readRealGraphs();

describe('parseSpelledJson', () => {
  it.each([
    '0',
    '-0',
    '-0.0',
    '1.0',
    '405147.0',
    '1e-05',
    '1E+16',
    '1e+16',
    '0.10',
    '12345678901234567890',
    '1e400',
  ])('keeps the spelling of %s', (number) => {
    const text = `[${number},{"a":${number}}]`;
    expect(JSON.stringify(parseSpelledJson(text))).toBe(text);
  });

  it('keeps numbers plain whose spelling JavaScript shares', () => {
    expect(parseSpelledJson('[1, 0.25, -3]')).toEqual([1, 0.25, -3]);
    const [raw] = parseSpelledJson('[2.0]') as SpelledJson[];
    expect(isRawJsonNumber(raw)).toBe(true);
    expect(isRawJsonNumber({ rawJSON: '2.0' })).toBe(false);
  });

  it('does not take the key __proto__ for the prototype', () => {
    const text = '{"__proto__":{"polluted":1.0},"b":2}';
    const value = parseSpelledJson(text);
    expect(JSON.stringify(value)).toBe(text);
    const plain = toPlainJson(value);
    expect(JSON.stringify(plain)).toBe('{"__proto__":{"polluted":1},"b":2}');
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect((plain as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses what is no JSON', () => {
    expect(() => parseSpelledJson('{')).toThrow(SyntaxError);
  });

  it.skipIf(realGraphs === null)('gives the real graphs back byte for byte', () => {
    expect(realGraphs?.size).toBeGreaterThan(0);
    for (const [stem, text] of realGraphs ?? []) {
      expect(stringifyIndented(parseSpelledJson(text)) === text, stem).toBe(true);
    }
  });
});

describe('toPlainJson', () => {
  it('turns spelled numbers into plain ones, at every depth', () => {
    expect(toPlainJson(parseSpelledJson('{"a":[1.0,{"b":1e-05}],"c":null,"d":"1.0","e":true}'))).toEqual({
      a: [1, { b: 0.00001 }],
      c: null,
      d: '1.0',
      e: true,
    });
  });
});

describe('spellPythonFloat', () => {
  // From Python: [repr(float(x)) for x in …]
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [2, '2.0'],
    [-405147, '-405147.0'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00012345, '0.00012345'],
    [0.00001, '1e-05'],
    [0.000012345, '1.2345e-05'],
    [1e-7, '1e-07'],
    [-1.5e-10, '-1.5e-10'],
    [5e-324, '5e-324'],
    [123456789.125, '123456789.125'],
    [9007199254740992, '9007199254740992.0'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [12345678901234567000, '1.2345678901234567e+19'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
  ])('%d is %s', (value, text) => {
    expect(JSON.stringify(spellPythonFloat(value))).toBe(text);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d', (value) => {
    expect(() => spellPythonFloat(value)).toThrow(RangeError);
  });
});

describe('stringifyIndented', () => {
  it('indents by two, escapes nothing that JSON does not ask for, and ends without a newline', () => {
    expect(stringifyIndented({ 이름: ['침실'] })).toBe('{\n  "이름": [\n    "침실"\n  ]\n}');
  });
});
