import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/create-random.ts';
import { uniqueSpaceNames } from './unique-space-names.ts';

function names(...labels: string[]): string[] {
  return uniqueSpaceNames(labels.map((label) => ({ label, category_name: '공간_침실' })));
}

describe('uniqueSpaceNames', () => {
  it('leaves labels that occur once and numbers the others from 1, in node order', () => {
    expect(names('침실', '거실', '침실', '침실')).toEqual(['침실1', '거실', '침실2', '침실3']);
    expect(names()).toEqual([]);
  });

  it('passes over a number that another label already has', () => {
    expect(names('침실', '침실', '침실1')).toEqual(['침실2', '침실3', '침실1']);
    expect(names('침실2', '침실', '침실')).toEqual(['침실2', '침실1', '침실3']);
    // 침실1 repeats itself, so nobody is called so.
    expect(names('침실', '침실', '침실1', '침실1')).toEqual(['침실2', '침실3', '침실11', '침실12']);
    expect(names('침실1', '침실1', '침실', '침실', '침실11')).toEqual([
      '침실12',
      '침실13',
      '침실2',
      '침실3',
      '침실11',
    ]);
  });

  it('calls a space without a label by its category', () => {
    expect(
      uniqueSpaceNames([
        { label: '', category_name: '공간_기타' },
        { label: '  ', category_name: '공간_기타' },
        { label: '거실', category_name: '공간_거실' },
        { label: '', category_name: '공간_거실' },
        { label: '', category_name: '' },
      ]),
    ).toEqual(['기타1', '기타2', '거실1', '거실2', '공간']);
  });

  it('is unique and deterministic for any labels', () => {
    const random = createRandom(1);
    const pool = ['침실', '침실1', '침실2', '침실11', '', '1', '11', '침실12'];
    for (let round = 0; round < 300; round++) {
      const labels = Array.from({ length: 8 }, () => pool[random.integer(pool.length)] as string);
      const given = names(...labels);
      expect(new Set(given).size, labels.join()).toBe(8);
      expect(names(...labels)).toEqual(given);
    }
  });
});
