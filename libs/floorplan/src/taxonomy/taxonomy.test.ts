import { describe, expect, it } from 'vitest';
import { areSynonyms } from './are-synonyms.ts';
import { CATEGORIES, categoryNameOf } from './categories.ts';
import { isBedroom } from './is-bedroom.ts';
import { isOutsideLabel } from './is-outside-label.ts';
import { normaliseText } from './normalise-text.ts';
import { spaceTypeOfLabel } from './space-type-of-label.ts';
import { standardNameOfLabel } from './standard-name-of-label.ts';
import { textsOverlap } from './texts-overlap.ts';

describe('categories', () => {
  it('number from 1 without a gap', () => {
    expect(CATEGORIES.map(({ id }) => id)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  });

  it('are found by id', () => {
    expect(categoryNameOf(17)).toBe('공간_발코니');
    expect(categoryNameOf(24)).toBeUndefined();
  });
});

describe('normaliseText', () => {
  it('lowers the case and removes blanks and slashes', () => {
    expect(normaliseText(' E/V 홀')).toBe('ev홀');
  });
});

describe('textsOverlap', () => {
  it('looks both ways', () => {
    expect(textsOverlap('룸', '게스트룸')).toBe(true);
    expect(textsOverlap('게스트 룸', '룸')).toBe(true);
    expect(textsOverlap('거실', '침실')).toBe(false);
  });

  it('lets an empty text overlap everything', () => {
    expect(textsOverlap(' / ', '거실')).toBe(true);
  });
});

describe('isOutsideLabel', () => {
  it.each([
    ['계단실', true],
    ['계단', true],
    ['홀', true],
    ['엘리베이터', true],
    [' ', true],
    ['E/V홀', false],
    ['거실', false],
  ])('%j → %s', (label, outside) => {
    expect(isOutsideLabel(label)).toBe(outside);
  });
});

describe('standardNameOfLabel', () => {
  it('prefers an equal member to an earlier group that merely overlaps', () => {
    expect(standardNameOfLabel('옷방')).toBe('드레스룸');
    expect(standardNameOfLabel('빨래방')).toBe('세탁실');
  });

  it('falls back to the first group that overlaps', () => {
    expect(standardNameOfLabel('게스트룸')).toBe('침실');
    expect(standardNameOfLabel('보일러')).toBeUndefined();
  });
});

describe('spaceTypeOfLabel', () => {
  it.each([
    ['거실', '공통공간'],
    ['안방', '개인공간'],
    ['Master Bedroom', '개인공간'],
    ['파우더룸', '개인공간'],
    ['알파룸', '개인공간'],
    ['주방/식당', '습식공간'],
    ['부부욕실', '습식공간'],
    ['세탁실', '습식공간'],
    ['서재', '특화공간'],
    ['팬트리', '특화공간'],
    ['대피공간', '기타공간'],
    ['베란다', '기타공간'],
    ['에어컨실', '기타공간'],
    ['계단실', '외부공간'],
    ['/', '외부공간'],
    ['다용도실', '미분류'],
    ['승강기홀', '미분류'],
    ['기타', '미분류'],
  ])('%j → %s', (label, type) => {
    expect(spaceTypeOfLabel(label)).toBe(type);
  });
});

describe('areSynonyms', () => {
  it.each([
    ['침실', '안방', true],
    ['침실1', '침실2', true],
    ['W C', 'wc', true],
    ['주방', '드레스룸', true],
    ['ABC', 'a b/c', true],
    ['거실', '침실', false],
    ['거실', '발코니', false],
  ])('%j and %j → %s', (first, second, expected) => {
    expect(areSynonyms(first, second)).toBe(expected);
    expect(areSynonyms(second, first)).toBe(expected);
  });
});

describe('isBedroom', () => {
  it('goes by category or by label', () => {
    expect(isBedroom({ category_name: '공간_침실', label: '거실' })).toBe(true);
    expect(isBedroom({ category_name: '공간_드레스룸', label: '드레스룸' })).toBe(true);
    expect(isBedroom({ category_name: '공간_주방', label: '주방' })).toBe(true);
    expect(isBedroom({ category_name: '공간_거실', label: '거실' })).toBe(false);
    expect(isBedroom({ category_name: null, label: '거실' })).toBe(false);
  });
});
