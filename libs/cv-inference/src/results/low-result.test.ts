import { describe, expect, it } from 'vitest';
import { makeDetections, space, structure } from '../testing/make-detections.ts';
import { lowResultOf } from './low-result.ts';

describe('lowResultOf', () => {
  it('renumbers all annotations in the order OBJ, OCR, STR, SPA', () => {
    const result = lowResultOf(
      makeDetections({
        spaces: [space('거실', [0, 0, 10, 10])],
        structures: [structure(4, '창호', [0, 0, 5, 1])],
        texts: [['거실', 5, 5]],
      }),
    );
    expect(result.categories).toHaveLength(23);
    expect(result.images).toEqual([{ id: 1, width: 1_000, height: 800, file_name: 'plan.png' }]);
    expect(result.annotations.map(({ id, image_id, source_model }) => [id, image_id, source_model])).toEqual([
      [0, 1, 'OCR'],
      [1, 1, 'STR'],
      [2, 1, 'SPA'],
    ]);
    expect(JSON.stringify(result.annotations[2])).toContain('"area":100.0');
  });
});
