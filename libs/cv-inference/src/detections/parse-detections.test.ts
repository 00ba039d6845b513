import { describe, expect, it } from 'vitest';
import { makeDetections, space } from '../testing/make-detections.ts';
import { DetectionsError } from './detections-error.ts';
import { parseDetections } from './parse-detections.ts';

function errorOf(change: object): unknown {
  try {
    return parseDetections(JSON.stringify({ ...makeDetections({}), ...change }), { file: 'a.json' });
  } catch (error) {
    return error;
  }
}

describe('parseDetections', () => {
  it('keeps spelling, order and unknown keys', () => {
    const text =
      '{"spa":[{"area":5.0,"extra":1.50,"category_name":"공간_거실","category_id":13,"bbox":[0,0,1,1]}],' +
      '"image_info":{"width":10,"file_name":"p.png","height":20},"str":[],"ocr":[],"obj":[]}';
    expect(JSON.stringify(parseDetections(text))).toBe(text);
  });

  it.each([
    ['image_info.width', { image_info: { file_name: 'p.png', width: null, height: 5 } }],
    ['obj', { obj: null }],
    ['spa[1].area', { spa: [space('거실', [0, 0, 1, 1]), { ...space('침실', [0, 0, 1, 1]), area: '5' }] }],
    ['spa[0].bbox[2]', { spa: [{ ...space('거실', [0, 0, 1, 1]), bbox: [0, 0, 'a', 1] }] }],
    ['ocr[0].bbox', { ocr: [{ id: 1 }] }],
    ['str[0].id', { str: [{ id: {}, bbox: null }] }],
  ])('names the field %s', (field, change) => {
    const error = errorOf(change);
    expect(error).toBeInstanceOf(DetectionsError);
    expect(error).toMatchObject({ file: 'a.json', field });
    expect((error as Error).message).toMatch(/^a\.json: [^\n]+$/);
    expect((error as Error).message).toContain(`${field}: `);
  });

  it('says when the text is not JSON', () => {
    expect(() => parseDetections('{', { file: 'a.json' })).toThrow('a.json: not JSON');
  });
});
