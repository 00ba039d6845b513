import type { FloorPlanAnalysis } from '@arae/floorplan';
import { expect, it } from 'vitest';
import { placeInWords, valueInWords } from './claim-words.ts';
import { wordsOf } from './words.ts';

const analysis = { spaces: [{ space_name: '침실1' }] } as FloorPlanAnalysis;
const [ko, en] = [wordsOf('ko'), wordsOf('en')];

it.each([
  ['/bay_count', 'Bay', 'Bays'],
  ['/spaces', '공간', 'Spaces'],
  ['/spaces/0/has_window', '침실1 · 창', '침실1 · window'],
  ['/spaces/0/connected_spaces/2', '침실1 · 연결된 공간', '침실1 · connected spaces'],
  ['/compliance/non_compliant_items/0', '부적합', 'not compliant'],
  ['/image_name', 'image_name', 'image_name'],
])('names %s in words', (path, korean, english) => {
  expect(placeInWords(path, analysis, ko)).toBe(korean);
  expect(placeInWords(path, analysis, en)).toBe(english);
});

it.each([
  [true, '있음', 'yes'],
  [3, '3', '3'],
  [null, '–', '–'],
  ['no such space', '그런 공간이 없음', 'no such space'],
  [{ missing: ['현관', '거실'] }, '빠진 것: 현관, 거실', 'missing: 현관, 거실'],
  [{ one_of: ['침실1', '침실2'] }, '다음 중 하나: 침실1, 침실2', 'one of: 침실1, 침실2'],
  ['<b>3</b>', '<b>3</b>', '<b>3</b>'],
])('says %j in words', (value, korean, english) => {
  expect(valueInWords(value, ko)).toBe(korean);
  expect(valueInWords(value, en)).toBe(english);
});
