import { floorPlanAnalysisSchema, strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { changedJson, everyKeyOf } from './changed-json.ts';
import type { Change } from './changed-json.ts';
import { spliced } from './spliced.ts';
import type { Spliced } from './spliced.ts';

/** An answer with what the two schemas of an analysis say of it. */
export interface AnswerVerdict extends Spliced {
  name: string;
  /** Where the first fault is for reading; null when the answer is taken. */
  refused_at: string | null;
  /** The same for the schema that the model is held to. */
  strict_refused_at: string | null;
  /** SHA-256 of what is read, as a training row holds it; only of answers that are taken. */
  answer_sha256?: string;
}

const BASE = {
  image_name: 'A.PNG', structure_type: '판상형', bay_count: 3, total_spaces: 2, room_count: 1, bathroom_count: 1, balcony_ratio: 12.5, windowless_ratio: 0,
  ventilation_quality: '우수', summary: '요약',
  spaces: [
    { space_name: '거실', space_type: '공통공간', area_m2: null, area_ratio: 33.37, has_window: true, features: ['창'], connected_spaces: [], evaluation_comment: '좋다' },
  ],
  design_evaluation: { 채광: 'a', 환기: 'b', 가족융화: 'c', 수납: 'd' },
  recommendations: ['넓힌다'],
  compliance: {
    overall_grade: '우수', compliant_items: ['창'], non_compliant_items: [{ category: '채광', item: 'a', reason: 'b', recommendation: 'c' }], summary: '요약',
  },
}; // prettier-ignore

const NO_TEXTS = ['null', '1', 'true', '[]', '{}'];
const NO_INTEGERS = ['null', '"3"', 'true', '2.5', '1e400', '9007199254740992', '[]'];
const INTEGERS = ['3.0', '-0', '-2', '1e2', '9007199254740991'];
const NUMBERS = ['1e21', '1.5e-7', '-0.0', '12.50', '123456789012345680000', '5e-324'];
const NO_NUMBERS = ['"12.5"', 'false', '1e400', '-1e400', '[]'];
const NO_LISTS = ['{}', '"a"', '1', '[null]', '[1]', '[[]]'];

const PUTS: Record<string, readonly string[]> = {
  '': ['null', '[]', '{}', '"{}"', '1'],
  image_name: [...NO_TEXTS, '""', '"\\ud800"', '"\\u2028\\u0000😀"'],
  structure_type: ['"복층형"', '""', '"\\ud800"', ...NO_TEXTS],
  bay_count: [...INTEGERS, ...NO_INTEGERS],
  total_spaces: ['"2"', '2.0000000000000001', '2.1'],
  balcony_ratio: ['null', ...NUMBERS, ...NO_NUMBERS],
  ventilation_quality: ['"좋음"', '"우수 "', 'null'],
  summary: NO_TEXTS,
  spaces: [...NO_LISTS, 'null', '[]', '[{}]'],
  'spaces.0.space_name': NO_TEXTS,
  'spaces.0.area_m2': ['12.5', '0', ...NO_NUMBERS],
  'spaces.0.area_ratio': [...NUMBERS, ...NO_NUMBERS],
  'spaces.0.has_window': ['null', '0', '1', '"true"', '"yes"', 'false'],
  'spaces.0.features': ['null', '[]', ...NO_LISTS],
  'spaces.0.connected_spaces': ['null', '["a","a"]', ...NO_LISTS],
  'spaces.0.evaluation_comment': NO_TEXTS,
  design_evaluation: ['null', '{}', '[]', '"a"', '{"채광":"a","환기":"b","가족융화":"c","수납":null}'],
  'design_evaluation.수납': NO_TEXTS,
  recommendations: ['null', '[]', ...NO_LISTS],
  compliance: ['null', '{}', '[]', '"a"'],
  'compliance.overall_grade': ['"A"', '"최우수"', '"불합격"', '""', ...NO_TEXTS],
  'compliance.compliant_items': ['null', '[]', ...NO_LISTS],
  'compliance.non_compliant_items': ['null', '[]', '[{}]', ...NO_LISTS],
  'compliance.non_compliant_items.0.category': ['"향"', '"수납"', ...NO_TEXTS],
  'compliance.non_compliant_items.0.reason': NO_TEXTS,
};

const FURTHER_KEYS: Change[] = [
  'further', '__proto__', 'constructor', 'model_config', '\ud800', 'spaces.0.further', 'spaces.0.\ud800', 'design_evaluation.향', 'compliance.further',
  'compliance.non_compliant_items.0.further',
].map((at) => ({ at, put: '{"a":1e400}' })); // prettier-ignore

const SEVERAL: readonly Change[][] = [
  [{ at: 'further', put: '1' }, { at: 'compliance.overall_grade', put: '"A"' }],
  [{ at: 'spaces.0.further', put: '1' }, { at: 'further', put: '1' }, { at: 'spaces.0.has_window', put: '"no"' }],
  [{ at: 'compliance.summary', put: null }, { at: 'compliance.overall_grade', put: '1' }, { at: 'compliance.compliant_items', put: '[1]' }],
  [{ at: 'bay_count', put: '"3"' }, { at: 'image_name', put: null }],
  [{ at: 'spaces.0.area_m2', put: null }, { at: 'spaces.0.area_ratio', put: null }, { at: 'spaces.0.has_window', put: null }, { at: 'spaces.0.features', put: null }],
]; // prettier-ignore

/** Every fault that an answer can have, and what is near to one. */
export function answerVerdicts(): { base: string; verdicts: AnswerVerdict[] } {
  const base = changedJson(BASE, []);
  const changes: Change[][] = [
    [],
    ...Object.entries(PUTS).flatMap(([at, puts]) => puts.map((put) => [{ at, put }])),
    ...everyKeyOf(BASE).map((at) => [{ at, put: null }]),
    ...FURTHER_KEYS.map((change) => [change]),
    ...SEVERAL,
  ];
  const texts = [
    ...changes.map((list) => [nameOf(list), changedJson(BASE, list)] as const),
    ...Object.entries(noJson(base)),
  ];
  const verdicts = texts.map(([name, text]) => ({ name, ...spliced(base, text), ...answerVerdictOf(text) }));
  return { base, verdicts };
}

/** Answers as models give them that are not told to give JSON alone. */
const noJson = (base: string): Record<string, string> => ({
  'no JSON: nothing': '',
  'no JSON: a fence': `\`\`\`json\n${base}\n\`\`\``,
  'no JSON: thoughts before it': `<think>\n\n</think>\n\n${base}`,
  'no JSON: cut off': base.slice(0, -20),
  'no JSON: a comma too many': `${base.slice(0, -1)},}`,
  'no JSON: NaN': base.replace('33.37', 'NaN'),
  'no JSON: a byte order mark': `\ufeff${base}`,
  'blanks around': `\n ${base}\r\n\t`,
  'a key twice, the last is wrong': `${base.slice(0, -1)},"summary":1}`,
});

/** What both schemas say of the text of an answer. */
export function answerVerdictOf(
  text: string,
): Pick<AnswerVerdict, 'refused_at' | 'strict_refused_at' | 'answer_sha256'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused_at: '', strict_refused_at: '' };
  }
  const parsed = floorPlanAnalysisSchema.safeParse(value);
  return {
    refused_at: placeOf(parsed),
    strict_refused_at: placeOf(strictFloorPlanAnalysisSchema.safeParse(value)),
    ...(parsed.success ? { answer_sha256: sha256Of(JSON.stringify(parsed.data)) } : {}),
  };
}

function nameOf(changes: readonly Change[]): string {
  return changes.map(({ at, put }) => `${at || 'all'}: ${put ?? 'missing'}`).join('; ') || 'as it is';
}

function placeOf(parsed: ReturnType<typeof floorPlanAnalysisSchema.safeParse>): string | null {
  return parsed.success ? null : (parsed.error.issues[0]?.path.join('.') ?? '');
}
