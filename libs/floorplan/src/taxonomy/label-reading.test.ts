import { describe, expect, it } from 'vitest';
import { labelReadingOf } from './label-reading.ts';

const service = labelReadingOf('service');
const fixed = labelReadingOf('fixed');

describe('labelReadingOf', () => {
  it.each([
    ['계단실', true, true],
    ['엘리베이터', true, true],
    ['ELEV.홀', false, true],
    ['ELEV.HALL', false, true],
    ['E/V 홀', false, true],
    ['EL', false, true],
    ['승강기', false, true],
    ['특별피난계단', false, true],
    ['홀', true, false],
    ['실', true, false],
    [' / ', true, false],
    ['현관홀', false, false],
    ['거실', false, false],
  ])('reads %j as outside: service %s, fixed %s', (label, byService, byFixed) => {
    expect([service.isOutside(label), fixed.isOutside(label)]).toEqual([byService, byFixed]);
  });

  it.each([
    ['알파룸', '개인공간', '특화공간'],
    ['파우더룸', '개인공간', '개인공간'],
    ['보조주방', '개인공간', '습식공간'],
    ['주방1', '개인공간', '습식공간'],
    ['주방/침실', '개인공간', '습식공간'],
    ['게스트룸', '개인공간', '개인공간'],
    ['작은방', '개인공간', '개인공간'],
    ['침실2', '개인공간', '개인공간'],
    ['Master Bedroom', '개인공간', '개인공간'],
    ['안방욕실', '습식공간', '습식공간'],
    ['안방드레스룸', '개인공간', '특화공간'],
    ['옷방', '특화공간', '특화공간'],
    ['실외기실', '기타공간', '기타공간'],
    ['ELEV.HALL', '미분류', '외부공간'],
    ['다용도실', '미분류', '미분류'],
    ['', '외부공간', '미분류'],
  ])('types %j: service %s, fixed %s', (label, byService, byFixed) => {
    expect([service.spaceTypeOf(label), fixed.spaceTypeOf(label)]).toEqual([byService, byFixed]);
  });

  it.each([
    ['침실1', '안방', true, true],
    ['작은방', '침실', true, true],
    ['주방', '침실', true, false],
    ['주방', '드레스룸', true, false],
    ['드레스룸', '파우더룸', true, false],
    ['드레스룸1', '드레스룸2', true, true],
    ['욕실', '부부욕실', true, true],
    ['/', '거실', true, false],
    ['E/V', 'EV', true, true],
    ['거실', '침실', false, false],
  ])('finds %j and %j synonymous: service %s, fixed %s', (first, second, byService, byFixed) => {
    expect([service.areSynonyms(first, second), fixed.areSynonyms(first, second)]).toEqual([
      byService,
      byFixed,
    ]);
    expect(fixed.areSynonyms(second, first)).toBe(byFixed);
  });

  it.each([
    ['주방', true, false],
    ['드레스룸', true, false],
    ['안방', true, true],
    ['거실', false, false],
  ])('counts a space labelled %s as a bedroom: service %s, fixed %s', (label, byService, byFixed) => {
    const space = { category_name: '공간_기타', label };
    expect([service.isBedroom(space), fixed.isBedroom(space)]).toEqual([byService, byFixed]);
    expect(fixed.isBedroom({ ...space, category_name: '공간_침실' })).toBe(true);
  });
});
