import { createRandom } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherUnavailableError,
  TransientTeacherError,
} from '../errors/teacher-errors.ts';
import type { LabelRecord } from '../journal/label-journal.ts';
import { makeAnswer, makeLabel } from '../testing/make-answer.ts';
import { makeItem } from '../testing/make-item.ts';
import { makeRun } from '../testing/make-run.ts';
import type { Run, RunOptions } from '../testing/make-run.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { labelItem } from './label-item.ts';
import type { LabelItemContext } from './label-item-context.ts';

const item = makeItem('plan-001');
const bad = makeAnswer({ text: '{"a": 1}' });
const fault = () => new TransientTeacherError('fake: 503', { status: 503 });

async function run(options: RunOptions = {}, changes: Partial<LabelItemContext> = {}) {
  const made = makeRun(options);
  return { ...made, outcome: await labelItem(item, { ...made.context, ...changes }) };
}

function startsOf({ teacher, clock }: Pick<Run, 'teacher' | 'clock'>): number[] {
  const origin = clock.now() - clock.elapsed();
  return teacher.calls.map(({ startedAt }) => startedAt - origin);
}

function waitsBetween(made: Pick<Run, 'teacher'>): number[] {
  const { calls } = made.teacher;
  return calls.slice(1).map(({ startedAt }, index) => startedAt - (calls[index]?.endedAt ?? 0));
}

describe('a good answer', () => {
  it('is a label, and stands in the journal with everything about the call', async () => {
    const { outcome, journal, events } = await run();
    expect(outcome).toMatchObject({
      isLabelled: true,
      id: 'plan-001',
      analysis: makeLabel(),
      isRepaired: false,
      isFromJournal: false,
      acceptedAttempt: 1,
    });
    expect(journal.records).toEqual([
      {
        type: 'answer',
        id: 'plan-001',
        key: outcome.key,
        attempt: 1,
        at: '2026-11-23T00:00:00.100Z',
        latencyMs: 100,
        ...makeAnswer(),
      },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['answered']);
  });

  it('is no outcome before it is on the disk', async () => {
    const order: string[] = [];
    const made = makeRun({
      journal: (clock) =>
        createMemoryJournal([], async ({ type }) => {
          order.push(`${type} begun`);
          await clock.sleep(5000);
          order.push(`${type} written`);
        }),
    });
    const onEvent: LabelItemContext['onEvent'] = ({ type }) => order.push(type);
    await labelItem(item, { ...made.context, onEvent });
    order.push('outcome');
    expect(order).toEqual(['answer begun', 'answer written', 'answered', 'outcome']);
    expect(made.clock.elapsed()).toBe(5100);
  });

  it('that cannot be written is an error of the run', async () => {
    const full = new Error('ENOSPC: no space left');
    const made = makeRun({ journal: () => createMemoryJournal([], () => Promise.reject(full)) });
    await expect(labelItem(item, made.context)).rejects.toBe(full);
    expect(made.teacher.calls).toHaveLength(1);
  });
});

describe('a bad answer', () => {
  it('is asked for once more', async () => {
    const made = await run({ reply: (_item, nth) => (nth === 1 ? bad : makeAnswer()) });
    expect(made.outcome).toMatchObject({ isLabelled: true, acceptedAttempt: 2 });
    expect(made.outcome.answers).toHaveLength(2);
    expect(made.events).toMatchObject([
      { type: 'answered' },
      { type: 'answer-rejected', willAskAgain: true },
      { type: 'answered' },
    ]);
  });

  it('fails the item the second time, with both texts in the journal', async () => {
    const made = await run({ reply: (_item, nth) => makeAnswer({ text: `nonsense ${nth}` }) });
    expect(made.teacher.calls).toHaveLength(2);
    expect(made.journal.records).toMatchObject([
      { type: 'answer', attempt: 1, text: 'nonsense 1' },
      { type: 'answer', attempt: 2, text: 'nonsense 2' },
      { type: 'failed', attempts: 2, reason: expect.stringContaining('no JSON') as string },
    ]);
    expect(made.outcome).toMatchObject({ isLabelled: false, attempts: 2, isFromJournal: false });
    expect(made.outcome.answers).toHaveLength(2);
    expect(made.events.at(-1)).toMatchObject({ type: 'answer-rejected', willAskAgain: false });
  });

  it.each([
    ['cut', makeAnswer({ isCut: true, finishReason: 'length' }), 'cut off'],
    ['refused', makeAnswer({ text: '', refusal: 'no' }), 'refused: no'],
  ])('may be %s', async (_name, answer, reason) => {
    const made = await run({ reply: () => answer });
    expect(made.outcome).toMatchObject({
      isLabelled: false,
      reason: expect.stringContaining(reason) as string,
    });
    expect(made.journal.records[0]).toMatchObject({ type: 'answer', usage: { inputTokens: 2000 } });
  });
});

describe('a fault', () => {
  it.each([1, 2, 3, 4, 5])(
    'is retried after 2, 4, 8 s ± 25 %%, then the item fails (seed %i)',
    async (seed) => {
      const made = await run({ reply: fault, seed });
      const waits = waitsBetween(made);
      expect(waits).toHaveLength(3);
      for (const [index, delay] of [2000, 4000, 8000].entries()) {
        expect(waits[index]).toBeGreaterThanOrEqual(delay * 0.75);
        expect(waits[index]).toBeLessThanOrEqual(delay * 1.25);
      }
      expect(waits).not.toEqual([2000, 4000, 8000]);
      expect(made.outcome).toMatchObject({
        isLabelled: false,
        reason: 'fake: 503',
        attempts: 4,
        answers: [],
      });
      expect(made.journal.records.map(({ type }) => type)).toEqual([
        'error',
        'error',
        'error',
        'error',
        'failed',
      ]);
      expect(made.journal.records[3]).toMatchObject({
        error: 'TransientTeacherError',
        status: 503,
        waitMs: null,
      });
    },
  );

  it('waits exactly 2, 4, 8 s without jitter', async () => {
    const made = makeRun({ reply: fault });
    await labelItem(item, { ...made.context, policy: { ...made.context.policy, jitter: 0 } });
    expect(waitsBetween(made)).toEqual([2000, 4000, 8000]);
  });

  it('spreads by the random source alone', async () => {
    const waits = async (seed: number) => waitsBetween(await run({ reply: fault, seed }));
    expect(await waits(3)).toEqual(await waits(3));
    expect(await waits(3)).not.toEqual(await waits(4));
    const delays = [2000, 4000, 8000];
    const random = createRandom(3);
    expect(await waits(3)).toEqual(delays.map((ms) => Math.round(ms * (0.75 + 0.5 * random.fraction()))));
  });

  it('that passes leaves a label', async () => {
    const made = await run({ reply: (_item, nth) => (nth < 4 ? fault() : makeAnswer()) });
    expect(made.outcome).toMatchObject({ isLabelled: true, acceptedAttempt: 1 });
  });
});

describe('a 429', () => {
  it.each<[number | null, number]>([
    [1500, 1500],
    [17_250, 17_250],
    [120_000, 120_000],
    [null, 60_000],
  ])('that says %s ms waits %i ms', async (retryAfterMs, waitMs) => {
    const reply = (_item: unknown, nth: number) =>
      nth === 1 ? new RateLimitedError('slow', retryAfterMs) : makeAnswer();
    const made = await run({ reply });
    expect(startsOf(made)).toEqual([0, 100 + waitMs]);
    expect(made.events).toContainEqual({ type: 'paused', ms: waitMs, reason: 'slow' });
  });

  it('uses up no retry for faults', async () => {
    const reply = (_item: unknown, nth: number) =>
      nth > 13 ? makeAnswer() : nth % 4 === 0 ? fault() : new RateLimitedError('slow', 10);
    expect((await run({ reply })).outcome).toMatchObject({ isLabelled: true });
  });

  it('is bounded', async () => {
    const made = await run({ reply: () => new RateLimitedError('slow', 10) });
    expect(made.teacher.calls).toHaveLength(21);
    expect(made.outcome).toMatchObject({ isLabelled: false, reason: 'slow' });
  });

  it('closes the gate before its record is written', async () => {
    const made = makeRun({
      reply: (_item, nth) => (nth === 1 ? new RateLimitedError('slow', 5000) : makeAnswer()),
      journal: (clock) =>
        createMemoryJournal([], ({ type }) => (type === 'error' ? clock.sleep(300) : Promise.resolve())),
    });
    await labelItem(item, made.context);
    expect(startsOf(made)).toEqual([0, 5100]);
  });
});

describe('other errors', () => {
  it('a refused request fails the item at once', async () => {
    const made = await run({ reply: () => new RejectedRequestError('fake: 400 bad', { status: 400 }) });
    expect(made.teacher.calls).toHaveLength(1);
    expect(made.outcome).toMatchObject({ isLabelled: false, reason: 'fake: 400 bad', attempts: 1 });
  });

  it('an unavailable teacher ends the run, and the item is not given up', async () => {
    const error = new TeacherUnavailableError('fake: no credit');
    const made = makeRun({ reply: () => error });
    await expect(labelItem(item, made.context)).rejects.toBe(error);
    expect(made.journal.records.map(({ type }) => type)).toEqual(['error']);
  });

  it('an unknown error ends the run and is not retried', async () => {
    const error = new RangeError('a bug');
    const made = makeRun({ reply: () => error });
    await expect(labelItem(item, made.context)).rejects.toBe(error);
    expect(made.teacher.calls).toHaveLength(1);
  });

  it('a stop during a waiting time ends it with its reason', async () => {
    const made = makeRun({ reply: fault });
    const reason = new Error('stopped');
    const labelling = labelItem(item, made.context);
    await made.clock.sleep(1000);
    made.stop.abort(reason);
    await expect(labelling).rejects.toBe(reason);
    expect(made.teacher.calls).toHaveLength(1);
  });
});

describe('what the journal knows', () => {
  /** The records of a run with these answers. */
  async function recordsOf(reply: RunOptions['reply']): Promise<readonly LabelRecord[]> {
    return (await run(reply === undefined ? {} : { reply })).journal.records;
  }

  it('is not asked again', async () => {
    const records = await recordsOf((_item, nth) => (nth === 1 ? bad : makeAnswer()));
    const made = await run({ journal: () => createMemoryJournal(records) });
    expect(made.teacher.calls).toEqual([]);
    expect(made.journal.records).toEqual(records);
    expect(made.outcome).toMatchObject({ isLabelled: true, isFromJournal: true, acceptedAttempt: 2 });
    expect(made.outcome.answers).toHaveLength(2);
  });

  it('serves an equal question of another item', async () => {
    const made = makeRun({ journal: () => createMemoryJournal() });
    await labelItem(item, made.context);
    const twin = await labelItem(makeItem('twin', item.prompt.user), made.context);
    expect(twin).toMatchObject({ id: 'twin', isLabelled: true, isFromJournal: true });
    expect(made.teacher.calls).toHaveLength(1);
  });

  it('does not serve another question of the same item', async () => {
    const records = await recordsOf(undefined);
    const made = makeRun({ journal: () => createMemoryJournal(records) });
    const other = await labelItem(makeItem(item.id, 'another prompt'), made.context);
    expect(other).toMatchObject({ isFromJournal: false });
  });

  it('keeps a failure, unless it shall be tried again', async () => {
    const records = await recordsOf(() => bad);
    const kept = await run({ journal: () => createMemoryJournal(records) });
    expect(kept.outcome).toMatchObject({ isLabelled: false, isFromJournal: true, attempts: 2 });
    expect(kept.teacher.calls).toEqual([]);

    const again = await run(
      {
        reply: (_item, nth) => (nth === 1 ? bad : makeAnswer()),
        journal: () => createMemoryJournal(records),
      },
      { retryFailed: true },
    );
    expect(again.outcome).toMatchObject({ isLabelled: true, acceptedAttempt: 4 });
    expect(again.outcome.answers.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  it('counts bad answers of a run that was killed', async () => {
    const [first, second] = await recordsOf(() => bad);
    const once = await run({ reply: () => bad, journal: () => createMemoryJournal([first as LabelRecord]) });
    expect(once.teacher.calls).toHaveLength(1);
    expect(once.outcome).toMatchObject({ isLabelled: false });

    const killedLate = [first as LabelRecord, second as LabelRecord];
    const none = await run({ journal: () => createMemoryJournal(killedLate) });
    expect(none.teacher.calls).toEqual([]);
    expect(none.outcome).toMatchObject({
      isLabelled: false,
      attempts: 0,
      reason: expect.stringContaining('shape') as string,
    });
  });

  it('does not count faults of an earlier run', async () => {
    const records = (await recordsOf(fault)).filter(({ type }) => type === 'error');
    const made = await run({ reply: fault, journal: () => createMemoryJournal(records) });
    expect(made.teacher.calls).toHaveLength(4);
  });
});
