import { expect, it } from 'vitest';
import type { SpaceShape } from '../contract.ts';
import { splitAtSpaces } from './split-at-spaces.ts';

const space = (id: string, ...names: string[]): SpaceShape => ({
  id,
  name: names[0] ?? '',
  names,
  points: '',
  centre: [0, 0],
  isOutside: false,
});

it('finds the longest names, shared labels, and signs that mean something in a pattern', () => {
  const spaces = [
    space('a', '침실1', '침실'),
    space('b', '침실2', '침실'),
    space('c', 'W.I.C'),
    space('d', '주방(식당)'),
  ];
  const pieces = splitAtSpaces('침실1과 침실, WxIxC 아닌 W.I.C, 주방(식당).', spaces);
  expect(pieces.map(({ text }) => text).join('')).toBe('침실1과 침실, WxIxC 아닌 W.I.C, 주방(식당).');
  expect(pieces.filter((piece) => piece.spaces.length > 0)).toEqual([
    { text: '침실1', spaces: ['a'] },
    { text: '침실', spaces: ['a', 'b'] },
    { text: 'W.I.C', spaces: ['c'] },
    { text: '주방(식당)', spaces: ['d'] },
  ]);
});

it('leaves a text alone where there are no spaces', () => {
  expect(splitAtSpaces('거실', [])).toEqual([{ text: '거실', spaces: [] }]);
  expect(splitAtSpaces('', [space('a', '거실')])).toEqual([]);
});
