import { expect, it } from 'vitest';
import { nestsDeeper } from './nests-deeper.ts';

it.each([
  ['[]', 1, false],
  ['[[]]', 1, true],
  ['{"a":[{"b":1}]}', 3, false],
  ['{"a":[{"b":1}]}', 2, true],
  ['["[[[[", "\\"[[", "\\\\", []]', 2, false],
  ['["\\\\", [[]]]', 2, true],
  [`[${'[],'.repeat(1000)}[]]`, 2, false],
  ['['.repeat(100_000), 500, true],
])('%#: %.40s, %i', (text, levels, expected) => {
  expect(nestsDeeper(text, levels)).toBe(expected);
});
