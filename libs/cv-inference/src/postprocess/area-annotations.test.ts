import { stringifyIndented } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { spaceAnnotations } from './space-annotations.ts';
import { structureAnnotations } from './structure-annotations.ts';

const place = { width: 8, height: 4, used: { width: 8, height: 4 }, scale: { x: 8, y: 8 } };

/** Rectangles `[value, x, y, width, height]` on the map. */
function mapWith(...rectangles: [number, number, number, number, number][]): Uint8Array {
  const map = new Uint8Array(place.width * place.height);
  for (const [value, left, top, width, height] of rectangles) {
    for (let y = top; y < top + height; y += 1) map.fill(value, y * 8 + left, y * 8 + left + width);
  }
  return map;
}

describe('spaceAnnotations', () => {
  it('spells numbers as the service does', () => {
    expect(stringifyIndented(spaceAnnotations(mapWith([5, 1, 1, 3, 3]), place)).replaceAll(/\s/g, '')).toBe(
      '[{"id":0,"category_id":14,"category_name":"공간_침실","bbox":[8,8,24,24],"segmentation":[[8,8,8,31,31,31,31,8]],' +
        '"area":529.0,"confidence":1.0,"iscrowd":0,"attributes":{"occluded":false}}]',
    );
  });

  it('drops what is smaller than 500 px² and numbers the rest', () => {
    const found = spaceAnnotations(mapWith([1, 0, 0, 2, 3], [4, 3, 0, 3, 3]), place);
    expect(found.map(({ id, category_id }) => [id, category_id])).toEqual([[0, 13]]);
  });

  it('takes classes beyond its table for other space', () => {
    const found = spaceAnnotations(mapWith([14, 0, 0, 4, 4], [200, 4, 0, 4, 4]), place);
    expect(found.map(({ category_id }) => category_id)).toEqual([22, 22]);
  });

  it('can have another table', () => {
    const [space] = spaceAnnotations(mapWith([1, 0, 0, 4, 4]), place, [18]);
    expect(space).toMatchObject({ category_id: 18, category_name: '공간_화장실' });
  });

  it('uses the true factor of each axis', () => {
    const [space] = spaceAnnotations(mapWith([1, 2, 1, 4, 2]), { ...place, scale: { x: 16, y: 10 } });
    expect(space).toMatchObject({ bbox: [32, 10, 64, 20] });
  });
});

describe('structureAnnotations', () => {
  it('names doors, windows and walls, and drops what is smaller than 100 px²', () => {
    const found = structureAnnotations(
      mapWith([1, 0, 0, 2, 2], [2, 3, 0, 2, 2], [3, 6, 0, 2, 2], [6, 0, 3, 4, 1], [3, 7, 3, 1, 1]),
      place,
    );
    expect(
      found.map(({ category_id, category_name, attributes }) => [category_id, category_name, attributes]),
    ).toEqual([
      [9, '구조_출입문', { subcat: '출입문' }],
      [10, '구조_창호', { subcat: '창호' }],
      [11, '구조_벽체', { subcat: '벽체' }],
      [11, '구조_벽체', { subcat: '기타벽' }],
    ]);
  });
});
