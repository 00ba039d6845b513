import { describe, expect, it } from 'vitest';
import { BudgetReachedError, createBudget } from '../budget/budget.ts';
import { worstCaseOf } from '../budget/worst-case.ts';
import { RejectedRequestError, TransientTeacherError } from '../errors/teacher-errors.ts';
import { costOf } from '../prices/price-book.ts';
import { makeAnswer } from '../testing/make-answer.ts';
import { makeIds, makeItem } from '../testing/make-item.ts';
import { makeRun } from '../testing/make-run.ts';
import { FIRST_QUESTION } from '../teachers/first-question.ts';

const prices = { date: '2026-11-23', batchFactor: 0.5, models: { 'fake-1': { input: 1, output: 10 } } };
const perAnswer = costOf(makeAnswer().usage, 'fake-1', prices) as number;

describe('a cap', () => {
  it('is not passed by the requests under way, and everything paid is kept', async () => {
    const run = makeRun();
    const budget = createBudget(0.5, 0);
    await expect(run.label(makeIds(100), { budget, prices, concurrency: 20 })).rejects.toBeInstanceOf(
      BudgetReachedError,
    );
    expect(budget.spentUsd).toBeCloseTo(run.outcomes.length * perAnswer);
    expect(budget.spentUsd).toBeLessThanOrEqual(0.5);
    // What is left would not have been enough for one more.
    const worst = worstCaseOf(run.teacher, makeItem('a'), FIRST_QUESTION, prices, 'live') as number;
    expect(budget.spentUsd).toBeGreaterThan(0.5 - worst);
    expect(run.outcomes.length).toBeGreaterThan(20);

    const more = createBudget(5, budget.spentUsd);
    await run.label(makeIds(100), { budget: more, prices, concurrency: 20 });
    expect(run.teacher.calls).toHaveLength(100);
    expect(more.spentUsd).toBeCloseTo(100 * perAnswer);
  });

  it('is no reason to pass over labels that were paid before', async () => {
    const run = makeRun();
    const ids = makeIds(10);
    await run.label(ids.slice(5), { budget: createBudget(5, 0), prices });
    run.outcomes.length = 0;
    const spent = 5 * perAnswer;
    await expect(
      run.label(ids, { budget: createBudget(spent, spent), prices, concurrency: 2 }),
    ).rejects.toBeInstanceOf(BudgetReachedError);
    expect(run.outcomes.map(({ id, isFromJournal }) => [id, isFromJournal])).toEqual(
      ids.slice(5).map((id) => [id, true]),
    );
    expect(run.teacher.calls).toHaveLength(5);
  });

  it('counts a request whose answer never came at its worst, a refused one not at all', async () => {
    for (const [error, isHeld] of [
      [new TransientTeacherError('cut'), true],
      [new TransientTeacherError('down', { status: 503 }), false],
      [new RejectedRequestError('no', { status: 400 }), false],
    ] as const) {
      const run = makeRun({ reply: (_item, nth) => (nth === 1 ? error : makeAnswer()) });
      const budget = createBudget(5, 0);
      await run.label(['a'], { budget, prices });
      const worst = worstCaseOf(run.teacher, makeItem('a'), FIRST_QUESTION, prices, 'live') as number;
      const answered = run.outcomes[0]?.isLabelled === true ? perAnswer : 0;
      expect(budget.spentUsd).toBeCloseTo(answered + (isHeld ? worst : 0));
      expect([...run.journal.held()].map(({ heldUsd }) => heldUsd)).toEqual(isHeld ? [worst] : []);
    }
  });

  it('has no worst case where nothing bounds the output or the price', () => {
    const { teacher } = makeRun();
    const item = makeItem('a');
    expect(
      worstCaseOf({ ...teacher, maxOutputTokens: null }, item, FIRST_QUESTION, prices, 'live'),
    ).toBeNull();
    expect(worstCaseOf({ ...teacher, model: 'other' }, item, FIRST_QUESTION, prices, 'live')).toBeNull();
    expect(worstCaseOf({ ...teacher, isPaid: false }, item, FIRST_QUESTION, prices, 'live')).toBe(0);
    const live = worstCaseOf(teacher, item, FIRST_QUESTION, prices, 'live') as number;
    expect(worstCaseOf(teacher, item, FIRST_QUESTION, prices, 'batch')).toBeCloseTo(live / 2);
  });
});
