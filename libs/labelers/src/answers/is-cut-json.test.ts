import { describe, expect, it } from 'vitest';
import { isCutJson } from './is-cut-json.ts';

describe('isCutJson', () => {
  it.each([
    ['a closed object', '{"a": [1, {"b": 2}]}'],
    ['a code block', '```json\n{"a": 1}\n```'],
    ['prose around', 'Here it is: {"a": 1}. Bye.'],
    ['no object at all', 'I cannot help with that.'],
    ['an empty text', ''],
    ['brackets in a string', '{"a": "}}{{[["}'],
    ['brackets in a single-quoted string', "{'a': '{[', 'b': 1}"],
    ['brackets in a comment', '{"a": 1, // {{\n "b": 2 /* [ */}'],
    ['an escaped quote', '{"a": "x\\"{"}'],
  ])('is false for %s', (_name, text) => {
    expect(isCutJson(text)).toBe(false);
  });

  it.each([
    ['a missing bracket', '{"a": [1, 2]'],
    ['a broken string', '{"a": "거실은 넓'],
    ['a broken string with a bracket in it', '{"a": "거실은 } 넓'],
    ['a broken code block', '```json\n{"a": {"b": 1}'],
    ['a single-quoted string with a bracket in it', "{'a': '}', 'b': ["],
    ['curly quotes', '{“a”: “}”, “b”: ['],
    ['a comment with a bracket in it', '{"a": 1, // }\n "b": 2'],
    ['a comment that breaks off', '{"a": 1, /* }'],
    ['nothing but the opening', '{'],
    ['an escape at the very end', '{"a": "x\\'],
  ])('is true for %s', (_name, text) => {
    expect(isCutJson(text)).toBe(true);
  });
});
