import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyIndented } from '@arae/floorplan';
import { expect, it } from 'vitest';
import { gradesOf } from '../compare/teacher-report.ts';
import { isSafeStem } from '../data-folder.ts';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { byStem, readLabelCalls } from './label-calls.ts';

const call = {
  promptHash: 'a', model: 'm', isSimulated: false, answers: 1, isLabelled: true, isRepaired: false, isJson: true,
  isFirstTry: true, inputTokens: 1, outputTokens: 1, rounds: [], chosenRound: 0, reconciled: [], costUsd: null,
}; // prettier-ignore

it('knows no calls of drawings that are called like something of JavaScript', async () => {
  const path = join(temporaryFolder(), 'calls.json');
  writeFileSync(
    path,
    JSON.stringify({ teacher: 't', model: 'm', price_book_date: '2026-01-01', items: { toString: call } }),
  );
  const { items } = (await readLabelCalls(path))!;
  expect('constructor' in items).toBe(false);
  expect('hasOwnProperty' in items).toBe(false);
  expect(Object.entries(items)).toEqual([['toString', call]]);
  const made = byStem();
  made['constructor'] = call;
  expect(JSON.parse(stringifyIndented(made))).toEqual({ constructor: call });
});

it.each(['__proto__', '', '.', '..', 'a/b', 'a\\b', 'C:x', 'a\0', 'a\nb', 'a\u001b[2J', 'x'.repeat(201)])(
  'takes %j for no name of a drawing',
  (stem) => expect(isSafeStem(stem)).toBe(false),
);

it.each(['constructor', 'APT_FP_OBJ_001046197', '도면 1'])('takes %j for one', (stem) =>
  expect(isSafeStem(stem)).toBe(true),
);

it('counts no grades that objects have by themselves', () => {
  expect(gradesOf(['toString', '우수', undefined])).toMatchObject({ none: 2, 우수: 1 });
});
