import { BudgetReachedError, createBudget, createMemoryJournal, loadPriceBook } from '@arae/labelers';
import type { AnswerRecord, MemoryJournal } from '@arae/labelers';
import { createTeacherCore } from '@arae/teacher-simulator';
import type { FaultsInput } from '@arae/teacher-simulator';
import { describe, expect, it } from 'vitest';
import { createIdleClock } from './idle-clock.ts';
import { simulatedBatchRun } from './simulated-batch-run.ts';

const PROVIDERS = ['openai', 'gemini'] as const;
const ITEMS = 30;

function setUp(faults: FaultsInput = {}, mistakes = 0) {
  const clock = createIdleClock();
  const core = createTeacherCore({ seed: 3, mistakes, faults, clock: clock.forSimulator });
  return { clock, core, journal: createMemoryJournal(), items: ITEMS };
}

const answersIn = (journal: MemoryJournal) =>
  journal.records.filter((record): record is AnswerRecord => record.type === 'answer');

describe.each(PROVIDERS)('batches of %s', { timeout: 120_000 }, (provider) => {
  it('label everything in one batch, at the price of batches', async () => {
    const setting = setUp({ batch: { pendingMs: 3_600_000 } });
    const prices = await loadPriceBook();
    const budget = createBudget(100, 0);
    const run = await simulatedBatchRun({ provider, ...setting, budget, prices });
    expect(run.error).toBeNull();
    expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
    expect(run.outcomes.every(({ isFromJournal }) => !isFromJournal)).toBe(true);
    expect(run.events.filter(({ type }) => type === 'submitted')).toHaveLength(1);
    expect(setting.clock.elapsed()).toBeGreaterThanOrEqual(3_600_000);
    const answers = answersIn(setting.journal);
    expect(answers).toHaveLength(ITEMS);
    expect(answers.every(({ tier }) => tier === 'batch')).toBe(true);
    expect(answers[0]?.id).toBe('0');
    const live = answers.reduce((sum, { usage, model }) => {
      const price = prices.models[model] ?? { input: 0, output: 0 };
      return sum + (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
    }, 0);
    expect(budget.spentUsd).toBeCloseTo(live / 2);

    // A second run finds everything in the journal.
    const again = await simulatedBatchRun({ provider, ...setting });
    expect(again.outcomes.every(({ isFromJournal }) => isFromJournal)).toBe(true);
    expect(setting.core.requests()).toHaveLength(ITEMS);
  });

  it('ask again what failed, was no label, or expired', async () => {
    const setting = setUp({ serverError: 0.2, notJson: 0.2, maxFaultsPerRequest: 1 });
    const run = await simulatedBatchRun({ provider, ...setting });
    expect(run.error).toBeNull();
    expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
    expect(run.events.filter(({ type }) => type === 'submitted').length).toBe(2);
    expect(setting.journal.records.some(({ type }) => type === 'error')).toBe(true);
  });

  it('fall back to live requests when batches expire again and again, or give the rest up', async () => {
    for (const fallback of ['live', 'none'] as const) {
      const setting = setUp({ batch: { expire: 1 } });
      const run = await simulatedBatchRun({ provider, ...setting, fallback });
      expect(run.error).toBeNull();
      // A half, a quarter, an eighth: thirty become four.
      const labelled = run.outcomes.filter(({ isLabelled }) => isLabelled).length;
      expect(labelled).toBe(fallback === 'live' ? ITEMS : 26);
      expect(run.outcomes).toHaveLength(ITEMS);
      const live = answersIn(setting.journal).filter(({ tier }) => tier !== 'batch');
      expect(live).toHaveLength(fallback === 'live' ? 4 : 0);
    }
  });

  it('cancel a batch that never ends, and go on without it', async () => {
    const setting = setUp({ batch: { stuck: 1 } });
    const run = await simulatedBatchRun({ provider, ...setting, fallback: 'live' });
    expect(run.error).toBeNull();
    expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
    expect(run.events.filter(({ type }) => type === 'cancelled')).toHaveLength(3);
    expect(setting.core.requests()).toHaveLength(ITEMS);
  });

  it('say why a provider refuses them', async () => {
    const refused = await simulatedBatchRun({ provider, ...setUp({ batch: { fail: 1 } }) });
    expect(refused.error).toMatchObject({
      name: 'TeacherUnavailableError',
      message: expect.stringMatching(/refused a batch .*--batch-fallback live/) as string,
    });
    const setting = setUp({ batch: { fail: 1 } });
    const fallen = await simulatedBatchRun({ provider, ...setting, fallback: 'live' });
    expect(fallen.error).toBeNull();
    expect(fallen.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
  });

  it('never pass a cap, and go on with a higher one', async () => {
    const setting = setUp();
    const prices = await loadPriceBook();
    const budget = createBudget(0.12, 0);
    const run = await simulatedBatchRun({ provider, ...setting, budget, prices });
    expect(run.error).toBeInstanceOf(BudgetReachedError);
    expect(budget.spentUsd).toBeLessThanOrEqual(0.12);
    expect(budget.spentUsd).toBeGreaterThan(0);
    const more = createBudget(40, budget.spentUsd);
    const rest = await simulatedBatchRun({ provider, ...setting, budget: more, prices });
    expect(rest.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
    expect(setting.core.requests()).toHaveLength(ITEMS);
  });

  it('are never sent twice, wherever a run is cut off', async () => {
    // Every call of a run is the last of one attempt: before it is made, and after it was made but its answer is lost.
    for (const isLostBehind of [false, true]) {
      for (let cut = 1; cut <= 8; cut++) {
        const setting = setUp({ batch: { pendingMs: 90_000 } });
        const kill = new AbortController();
        let calls = 0;
        const fetch: typeof globalThis.fetch = async (input, init) => {
          if (++calls !== cut) return setting.core.simulatorFetch(input, init);
          if (isLostBehind) await setting.core.simulatorFetch(input, init);
          kill.abort(new Error('killed'));
          throw kill.signal.reason;
        };
        await simulatedBatchRun({ provider, ...setting, fetch, stop: kill.signal });
        const run = await simulatedBatchRun({ provider, ...setting });
        expect(run.error).toBeNull();
        expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(ITEMS);
        expect(setting.core.requests(), `cut at call ${cut}`).toHaveLength(ITEMS);
        expect(answersIn(setting.journal)).toHaveLength(ITEMS);
        expect(setting.journal.openBatches()).toEqual([]);
      }
    }
  });
});
