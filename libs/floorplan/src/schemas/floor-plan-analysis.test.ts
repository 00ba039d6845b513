import { describe, expect, it } from 'vitest';
import {
  floorPlanAnalysisJsonSchema,
  floorPlanAnalysisSchema,
  strictFloorPlanAnalysisSchema,
} from './floor-plan-analysis.ts';
import type { FloorPlanAnalysis } from './floor-plan-analysis.ts';

/** Complete; the keys in the order of the format. */
function complete(): FloorPlanAnalysis {
  return {
    image_name: 'A.PNG',
    structure_type: '판상형',
    bay_count: 3,
    total_spaces: 1,
    room_count: 1,
    bathroom_count: 1,
    balcony_ratio: 10.5,
    windowless_ratio: 0,
    ventilation_quality: '양호',
    summary: '요약',
    spaces: [
      {
        space_name: '침실',
        space_type: '개인공간',
        area_m2: null,
        area_ratio: 30,
        has_window: false,
        features: ['창 1개'],
        connected_spaces: ['거실'],
        evaluation_comment: '좋다',
      },
    ],
    design_evaluation: { 채광: 'ㄱ', 환기: 'ㄴ', 가족융화: 'ㄷ', 수납: 'ㄹ' },
    recommendations: ['하나'],
    compliance: {
      overall_grade: '우수',
      compliant_items: ['Bay'],
      non_compliant_items: [{ category: '채광', item: '창', reason: '없음', recommendation: '둔다' }],
      summary: '요약',
    },
  };
}

/** Every object in a value with its path, outermost first. */
function* objectsIn(value: unknown, path: string[] = []): Generator<[string[], Record<string, unknown>]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, item] of Object.entries(value)) yield* objectsIn(item, [...path, key]);
}

function at(root: unknown, path: readonly string[]): Record<string, unknown> {
  return path.reduce((value, key) => (value as Record<string, unknown>)[key], root) as Record<
    string,
    unknown
  >;
}

describe('the lenient schema', () => {
  it("fills the defaults of ARAE's model", () => {
    const parsed = floorPlanAnalysisSchema.parse({
      image_name: 'A.PNG',
      structure_type: '복도형',
      bay_count: 3,
      total_spaces: 1,
      room_count: 1,
      bathroom_count: 1,
      balcony_ratio: 10,
      windowless_ratio: 0,
      ventilation_quality: '꽤 좋음',
      summary: '',
      spaces: [{ space_name: '침실', space_type: '', evaluation_comment: '' }],
      compliance: { overall_grade: 'A', summary: '' },
    });
    expect(parsed.spaces[0]).toEqual({
      space_name: '침실',
      space_type: '',
      area_m2: null,
      area_ratio: null,
      has_window: true,
      features: [],
      connected_spaces: [],
      evaluation_comment: '',
    });
    expect(parsed).toMatchObject({ design_evaluation: null, recommendations: null });
    expect(parsed.compliance).toEqual({
      overall_grade: 'A',
      compliant_items: [],
      non_compliant_items: [],
      summary: '',
    });
    const rest: Partial<FloorPlanAnalysis> = complete();
    delete rest.spaces;
    delete rest.compliance;
    expect(floorPlanAnalysisSchema.parse(rest)).toMatchObject({ spaces: [], compliance: null });
  });

  it('drops further keys, at every depth', () => {
    const extended = complete();
    for (const [, object] of objectsIn(extended)) object['extra'] = 1;
    expect(floorPlanAnalysisSchema.parse(extended)).toEqual(complete());
  });

  it.each([
    ['bay_count', 3.5],
    ['bay_count', '3'],
    ['balcony_ratio', null],
    ['summary', undefined],
    ['spaces', null],
    ['recommendations', [1]],
    ['design_evaluation', { 채광: 'ㄱ' }],
  ])('refuses %s = %j', (key, value) => {
    expect(floorPlanAnalysisSchema.safeParse({ ...complete(), [key]: value }).success).toBe(false);
  });
});

describe('the strict schema', () => {
  it('accepts a complete analysis, with nulls where a value may be missing', () => {
    expect(strictFloorPlanAnalysisSchema.parse(complete())).toEqual(complete());
    const sparse = { ...complete(), design_evaluation: null, recommendations: null, compliance: null };
    expect(strictFloorPlanAnalysisSchema.parse(sparse)).toEqual(sparse);
  });

  it('refuses a further key in any object', () => {
    for (const [path] of objectsIn(complete())) {
      const extended = complete();
      at(extended, path)['extra'] = 1;
      expect(strictFloorPlanAnalysisSchema.safeParse(extended).success, path.join('.')).toBe(false);
    }
  });

  it('refuses a missing key in any object', () => {
    for (const [path, object] of objectsIn(complete())) {
      for (const key of Object.keys(object)) {
        const shortened = complete();
        delete at(shortened, path)[key];
        expect(strictFloorPlanAnalysisSchema.safeParse(shortened).success, [...path, key].join('.')).toBe(
          false,
        );
      }
    }
  });

  it.each([
    [[], 'structure_type'],
    [[], 'ventilation_quality'],
    [['compliance'], 'overall_grade'],
    [['compliance', 'non_compliant_items', '0'], 'category'],
  ])('knows only its own words for %j %s', (path, key) => {
    const wrong = complete();
    at(wrong, path)[key] = '모름';
    expect(strictFloorPlanAnalysisSchema.safeParse(wrong).success).toBe(false);
    expect(floorPlanAnalysisSchema.safeParse(wrong).success).toBe(true);
  });
});

describe('both', () => {
  it.each([floorPlanAnalysisSchema, strictFloorPlanAnalysisSchema])(
    'give the keys in the order of the format',
    (schema) => {
      const reversed = JSON.parse(JSON.stringify(complete()), (_key, value: unknown) =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ) as unknown;
      expect(Object.keys(reversed as object)[0]).toBe('compliance');
      expect(JSON.stringify(schema.parse(reversed))).toBe(JSON.stringify(complete()));
    },
  );
});

describe('floorPlanAnalysisJsonSchema', () => {
  const schema = floorPlanAnalysisJsonSchema();
  const objects = [...objectsIn(schema)].filter(([, { type }]) => type === 'object');

  it('closes every object and requires all of its keys', () => {
    expect(objects).toHaveLength(5);
    for (const [path, object] of objects) {
      expect(object['additionalProperties'], path.join('.')).toBe(false);
      expect(object['required'], path.join('.')).toEqual(Object.keys(object['properties'] as object));
    }
  });

  it('keeps the order of the format', () => {
    expect(Object.keys(schema['properties'] as object)).toEqual(Object.keys(complete()));
  });

  it('has no dialect, no bounds and no defaults', () => {
    for (const [path, object] of objectsIn(schema)) {
      for (const key of ['$schema', 'minimum', 'maximum', 'default', '$ref', 'patternProperties']) {
        expect(Object.keys(object), path.join('.')).not.toContain(key);
      }
    }
    expect(at(schema, ['properties', 'bay_count'])).toEqual({ type: 'integer' });
  });

  it('lists the words that are allowed', () => {
    expect(at(schema, ['properties', 'structure_type'])['enum']).toEqual(['판상형', '타워형', '혼합형']);
  });
});
