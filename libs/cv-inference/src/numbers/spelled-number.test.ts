import { parseSpelledJson, spellPythonFloat, stringifyIndented } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import {
  inPythonSpelling,
  isPythonFloat,
  isSpelledNumber,
  plainNumber,
  pythonSum,
} from './spelled-number.ts';
import type { SpelledNumber } from './spelled-number.ts';

const spelled = (text: string) => parseSpelledJson(text) as SpelledNumber;

describe('spelled numbers', () => {
  it('tell floats from integers', () => {
    expect(
      ['5', '5.0', '0.5', '5e0', '12345678901234567890'].map((text) => isPythonFloat(spelled(text))),
    ).toEqual([false, true, true, true, false]);
    expect(isPythonFloat(spellPythonFloat(5) as SpelledNumber)).toBe(true);
  });

  it('have a plain value', () => {
    expect(plainNumber(spelled('405147.0'))).toBe(405_147);
    expect(plainNumber(7)).toBe(7);
  });

  it('are finite', () => {
    expect([1, spelled('1.0')].every(isSpelledNumber)).toBe(true);
    expect([Number.NaN, Infinity, '1', null, undefined, {}, spelled('1e999')].some(isSpelledNumber)).toBe(
      false,
    );
  });
});

describe('pythonSum', () => {
  it.each([
    [[], '0'],
    [['1', '2'], '3'],
    [['1', '2.0'], '3.0'],
    [['0.1', '0.2', '0.3'], '0.6000000000000001'],
  ])('%j → %s', (terms, expected) => {
    expect(JSON.stringify(pythonSum(terms.map(spelled)))).toBe(expected);
  });
});

describe('inPythonSpelling', () => {
  it('spells every float as Python does, integers as they are', () => {
    const value = parseSpelledJson('{"a":[1e5,1E-7,2,{"b":2.50}],"c":null,"d":"1e5"}');
    expect(stringifyIndented(inPythonSpelling(value)).replaceAll(/\s/g, '')).toBe(
      '{"a":[100000.0,1e-07,2,{"b":2.5}],"c":null,"d":"1e5"}',
    );
  });
});
