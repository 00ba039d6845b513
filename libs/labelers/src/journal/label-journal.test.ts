import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelItem } from '../scheduling/label-item.ts';
import { makeAnswer } from '../testing/make-answer.ts';
import { makeIds, makeItem } from '../testing/make-item.ts';
import { makeRun } from '../testing/make-run.ts';
import { openLabelJournal } from './label-journal.ts';
import type { AnswerRecord, FailureRecord } from './label-journal.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labelers-'));
  path = join(folder, 'progress', 'openai.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const at = '2026-11-23T00:00:00.000Z';
const answer = (attempt: number, key = 'k'): AnswerRecord => ({
  type: 'answer',
  id: 'a',
  key,
  attempt,
  at,
  latencyMs: 1,
  ...makeAnswer({ text: `거실 ${attempt}\n` }),
});
const failure: FailureRecord = { type: 'failed', id: 'a', key: 'k', at, reason: 'bad', attempts: 2 };

async function linesOf(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('openLabelJournal', () => {
  it('knows after opening again what it knew before', async () => {
    const journal = await openLabelJournal(path);
    expect(journal.stateOf('k')).toBeUndefined();
    for (const record of [answer(1), answer(2), failure, answer(1, 'other')]) await journal.append(record);
    const before = [journal.stateOf('k'), journal.stateOf('other')];
    await journal.close();

    const again = await openLabelJournal(path);
    expect([again.stateOf('k'), again.stateOf('other')]).toEqual(before);
    expect(again.stateOf('k')).toEqual({ answers: [answer(1), answer(2)], failure, answersBeforeFailure: 2 });
    await again.append(answer(3));
    expect(again.stateOf('k')).toMatchObject({ failure: null, answersBeforeFailure: 2 });
    await again.close();
    expect(await linesOf(path)).toHaveLength(5);
  });

  it('does not count an error as an answer or an end', async () => {
    const journal = await openLabelJournal(path);
    await journal.append({
      type: 'error',
      id: 'a',
      key: 'k',
      at,
      error: 'TransientTeacherError',
      message: 'x',
      waitMs: 2,
    });
    expect(journal.stateOf('k')).toBeUndefined();
    await journal.close();
  });

  it('passes over a line torn by a kill and keeps the rest', async () => {
    const journal = await openLabelJournal(path);
    await journal.append(answer(1));
    await journal.close();
    await appendFile(path, JSON.stringify(answer(2)).slice(0, 90));

    const torn = await openLabelJournal(path);
    expect(torn.damagedLines).toBe(1);
    expect(torn.stateOf('k')?.answers).toEqual([answer(1)]);
    await torn.append(answer(2));
    await torn.close();

    const after = await openLabelJournal(path);
    expect(after.damagedLines).toBe(1);
    expect(after.stateOf('k')?.answers).toEqual([answer(1), answer(2)]);
    await after.close();
  });

  it('serves a run after a kill: only what is missing is asked', async () => {
    const ids = makeIds(6);
    const first = makeRun();
    const journal = await openLabelJournal(path);
    await first.label(ids.slice(0, 4), { journal });
    await journal.close();
    // The kill tears the last answer.
    const { length } = await readFile(path);
    await truncate(path, length - 100);

    const second = makeRun();
    const reopened = await openLabelJournal(path);
    await second.label(ids, { journal: reopened });
    await reopened.close();
    expect(second.teacher.calls).toHaveLength(3);
    expect(second.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(6);
    expect(second.outcomes.filter(({ isFromJournal }) => isFromJournal)).toHaveLength(3);
  });

  it('holds both raw texts of an item that failed', async () => {
    const run = makeRun({ reply: (_item, nth) => makeAnswer({ text: `쓸 수 없는 답 ${nth}` }) });
    const journal = await openLabelJournal(path);
    await labelItem(makeItem('a'), { ...run.context, journal });
    await journal.close();
    expect(await linesOf(path)).toMatchObject([
      { type: 'answer', text: '쓸 수 없는 답 1', usage: { inputTokens: 2000 } },
      { type: 'answer', text: '쓸 수 없는 답 2' },
      { type: 'failed', id: 'a' },
    ]);
  });
});
