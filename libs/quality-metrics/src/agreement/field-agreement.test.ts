import type { FloorPlanAnalysis } from '@arae/floorplan';
import { expect, test } from 'vitest';
import { correctAnalysis, makeGraph } from '../testing/make-case.ts';
import { AGREEMENT_FIELDS, fieldAgreement, sumAgreement } from './field-agreement.ts';
import { proseOf } from './prose-of.ts';

const makeAnalysis = () => correctAnalysis(makeGraph());

/** The fields in which a changed copy differs from the original, with the counts. */
function differences(change: (analysis: FloorPlanAnalysis) => void) {
  const reference = makeAnalysis();
  const analysis = makeAnalysis();
  change(analysis);
  return Object.entries(fieldAgreement(analysis, reference)).flatMap(([field, { equal, of }]) =>
    equal === of ? [] : [`${field} ${equal}/${of}`],
  );
}

test('an analysis agrees with itself in every field, whatever its sentences', () => {
  expect(differences((analysis) => (analysis.summary = 'another'))).toEqual([]);
  const { length } = makeAnalysis().spaces;
  expect(fieldAgreement(makeAnalysis(), makeAnalysis())['spaces.has_window']).toEqual({
    equal: length,
    of: length,
  });
});

test('each field is seen by itself', () => {
  expect(differences((analysis) => (analysis.bay_count += 1))).toEqual(['bay_count 0/1']);
  expect(differences((analysis) => (analysis.balcony_ratio += 0.01))).toEqual(['balcony_ratio 0/1']);
  expect(differences((analysis) => (analysis.compliance = null))).toEqual(['compliance.overall_grade 0/1']);
  const { length } = makeAnalysis().spaces;
  expect(differences(({ spaces }) => (spaces[0]!.has_window = !spaces[0]!.has_window))).toEqual([
    `spaces.has_window ${length - 1}/${length}`,
  ]);
});

test('the order of lists says nothing', () => {
  expect(
    differences(({ spaces }) => {
      spaces.reverse();
      for (const space of spaces) space.connected_spaces.reverse();
    }),
  ).toEqual([]);
});

test('a missing space agrees in nothing, an invented one spoils the names alone', () => {
  const { length } = makeAnalysis().spaces;
  expect(differences(({ spaces }) => spaces.pop())).toEqual([
    'spaces.space_name 0/1',
    ...['space_type', 'has_window', 'area_ratio', 'connected_spaces'].map(
      (field) => `spaces.${field} ${length - 1}/${length}`,
    ),
  ]);
  expect(differences(({ spaces }) => spaces.push({ ...spaces[0]!, space_name: '없는 방' }))).toEqual([
    'spaces.space_name 0/1',
  ]);
});

test('no analysis agrees in nothing, and counts add up', () => {
  const none = fieldAgreement(null, makeAnalysis());
  expect(Object.values(none).every(({ equal, of }) => equal === 0 && of > 0)).toBe(true);
  const sum = sumAgreement([none, fieldAgreement(makeAnalysis(), makeAnalysis())]);
  expect(Object.keys(sum)).toEqual([...AGREEMENT_FIELDS]);
  expect(sum.bay_count).toEqual({ equal: 1, of: 2 });
  expect(sumAgreement([]).bay_count).toEqual({ equal: 0, of: 0 });
});

test('prose is every sentence and no field', () => {
  const analysis = makeAnalysis();
  const prose = proseOf(analysis);
  for (const sentence of [
    analysis.summary,
    ...analysis.spaces.map(({ evaluation_comment }) => evaluation_comment),
    ...Object.values(analysis.design_evaluation ?? {}),
    ...(analysis.recommendations ?? []),
    analysis.compliance?.summary ?? '',
  ]) {
    expect(prose.split('\n')).toContain(sentence);
  }
  expect(prose).not.toContain(analysis.image_name);
  expect(proseOf({ ...analysis, design_evaluation: null, recommendations: null, compliance: null })).toBe(
    [analysis.summary, ...analysis.spaces.map(({ evaluation_comment }) => evaluation_comment)].join('\n'),
  );
});
