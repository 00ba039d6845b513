import { describe, expect, it } from 'vitest';
import { RateLimitedError, TeacherUnavailableError } from '../errors/teacher-errors.ts';
import type { LabelRecord } from '../journal/label-journal.ts';
import { makeAnswer } from '../testing/make-answer.ts';
import { makeIds, makeItem } from '../testing/make-item.ts';
import type { Teacher } from '../teachers/teacher.ts';
import { makeRun } from '../testing/make-run.ts';
import type { Run } from '../testing/make-run.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';

const bad = makeAnswer({ text: '{}' });

/** The teacher of a run, who takes five seconds more for all items but one. */
function slowButFor({ teacher, clock }: Run, id: string): Teacher {
  return {
    ...teacher,
    async ask(item, signal) {
      if (item.id !== id) await clock.sleep(5000);
      return teacher.ask(item, signal);
    },
  };
}

const idOf = (record: LabelRecord) => ('id' in record ? record.id : null);

describe('labelItems', () => {
  it('labels all, in order, never more at once than allowed', async () => {
    const run = makeRun();
    const ids = makeIds(23);
    await run.label(ids, { concurrency: 4 });
    expect(run.outcomes.map(({ id }) => id)).toEqual(ids);
    expect(run.outcomes.every(({ isLabelled }) => isLabelled)).toBe(true);
    expect(run.teacher.calls.map(({ id }) => id)).toEqual(ids);
    expect(run.teacher.mostAtOnce).toBe(4);
    expect(run.clock.elapsed()).toBe(600);
  });

  it('takes an empty list', async () => {
    await expect(makeRun().label([])).resolves.toBeUndefined();
  });

  it('loads an item when its turn comes', async () => {
    let loaded = 0;
    const run = makeRun();
    await run.label(makeIds(30), {
      concurrency: 2,
      load: (id) => {
        loaded++;
        expect(loaded - run.outcomes.length).toBeLessThanOrEqual(2);
        return Promise.resolve(makeItem(id));
      },
    });
    expect(loaded).toBe(30);
  });

  it('waits for an outcome to be taken before the next item starts', async () => {
    const run = makeRun();
    await run.label(makeIds(3), { concurrency: 1, onOutcome: () => run.clock.sleep(1000) });
    expect(run.clock.elapsed()).toBe(3300);
  });

  it.each([
    ['an error', () => Promise.reject(new Error('plan-002: no graph'))],
    [
      'a thrown error',
      () => {
        throw new Error('plan-002: no graph');
      },
    ],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    ['something else', () => Promise.reject('plan-002: no graph')],
  ])('fails an unreadable item alone (%s)', async (_name, broken) => {
    const run = makeRun();
    const withoutItem: string[] = [];
    await run.label(makeIds(3), {
      load: (id) => (id === 'plan-002' ? broken() : Promise.resolve(makeItem(id))),
      onOutcome: (outcome, item) => {
        run.outcomes.push(outcome);
        if (item === null) withoutItem.push(outcome.id);
        return Promise.resolve();
      },
    });
    expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(2);
    expect(run.outcomes).toContainEqual(
      expect.objectContaining({
        id: 'plan-002',
        isLabelled: false,
        reason: 'plan-002: no graph',
        attempts: 0,
      }),
    );
    expect(withoutItem).toEqual(['plan-002']);
  });

  it('fails a bad item alone', async () => {
    const run = makeRun({ reply: ({ id }) => (id === 'plan-002' ? bad : makeAnswer()) });
    await run.label(makeIds(5));
    expect(run.outcomes.filter(({ isLabelled }) => !isLabelled).map(({ id }) => id)).toEqual(['plan-002']);
  });

  it('starts no request inside a pause', async () => {
    // Every tenth request meets a 429 whose wait is longer than a minute.
    let requests = 0;
    const run = makeRun({
      reply: () => (++requests % 10 === 0 ? new RateLimitedError('slow', 70_000 + requests) : makeAnswer()),
    });
    const pauses: { from: number; to: number }[] = [];
    await run.label(makeIds(40), {
      onEvent: (event) => {
        if (event.type === 'paused') pauses.push({ from: run.clock.now(), to: run.clock.now() + event.ms });
      },
    });
    expect(pauses.length).toBeGreaterThanOrEqual(4);
    const inside = run.teacher.calls.filter(({ startedAt }) =>
      pauses.some(({ from, to }) => startedAt > from && startedAt < to),
    );
    expect(inside).toEqual([]);
    expect(run.outcomes.filter(({ isLabelled }) => isLabelled)).toHaveLength(40);
    expect(run.clock.elapsed()).toBeGreaterThan(4 * 70_000);
  });

  it('starts no request while the record of a 429 is being written', async () => {
    const run = makeRun({
      reply: (item, nth) =>
        item.id === 'plan-001' && nth === 1 ? new RateLimitedError('slow', 90_000) : makeAnswer(),
      journal: (clock) =>
        createMemoryJournal([], ({ type }) => (type === 'error' ? clock.sleep(3000) : Promise.resolve())),
    });
    const start = run.clock.now();
    await run.label(makeIds(9), { concurrency: 3 });
    const starts = run.teacher.calls.map(({ startedAt }) => startedAt - start);
    expect(starts.filter((at) => at > 100 && at < 90_100)).toEqual([]);
  });

  it('pays an equal question once, even when both are asked at the same time', async () => {
    const run = makeRun();
    await run.label(['a', 'b', 'c', 'd'], {
      load: (id) => Promise.resolve(makeItem(id, id === 'd' ? 'another' : 'the same')),
    });
    expect(run.teacher.calls.map(({ id }) => id).sort()).toEqual(['a', 'd']);
    expect(run.outcomes.map(({ id, isFromJournal }) => `${id} ${isFromJournal}`).sort()).toEqual([
      'a false',
      'b true',
      'c true',
      'd false',
    ]);
  });
});

describe('a run that cannot go on', () => {
  it('ends with the error, after the answers under way are journaled and delivered', async () => {
    const error = new TeacherUnavailableError('fake: no credit');
    const run = makeRun({ reply: ({ id }) => (id === 'plan-003' ? error : makeAnswer()) });
    // The third is the first to end: the other four are under way then.
    const teacher = slowButFor(run, 'plan-003');
    await expect(run.label(makeIds(50), { teacher })).rejects.toBe(error);
    expect(run.outcomes.map(({ id }) => id).sort()).toEqual(['plan-001', 'plan-002', 'plan-004', 'plan-005']);
    expect(run.journal.records.filter(({ type }) => type === 'answer')).toHaveLength(4);
    expect(run.teacher.calls).toHaveLength(5);
  });

  it('starts nothing more while the record of the error is being written', async () => {
    const error = new TeacherUnavailableError('fake: no credit');
    const run = makeRun({
      reply: ({ id }) => (id === 'plan-001' ? error : makeAnswer()),
      journal: (clock) =>
        createMemoryJournal([], ({ type }) => (type === 'error' ? clock.sleep(3000) : Promise.resolve())),
    });
    await expect(run.label(makeIds(50), { concurrency: 3 })).rejects.toBe(error);
    expect(run.teacher.calls).toHaveLength(3);
    expect(run.journal.records.map(({ type }) => type).sort()).toEqual(['answer', 'answer', 'error']);
  });

  it('gives up no item when a bad answer comes after the error', async () => {
    const error = new TeacherUnavailableError('fake: no credit');
    const run = makeRun({ reply: ({ id }) => (id === 'plan-001' ? error : bad) });
    const teacher = slowButFor(run, 'plan-001');
    await expect(run.label(makeIds(9), { concurrency: 2, teacher })).rejects.toBe(error);
    expect(run.outcomes).toEqual([]);
    expect(run.journal.records.map(({ type }) => type).sort()).toEqual(['answer', 'error']);
  });

  it('ends when an answer cannot be written', async () => {
    const full = new Error('ENOSPC: no space left');
    const run = makeRun({
      journal: () =>
        createMemoryJournal([], (record) =>
          idOf(record) === 'plan-004' ? Promise.reject(full) : Promise.resolve(),
        ),
    });
    await expect(run.label(makeIds(20), { concurrency: 2 })).rejects.toBe(full);
    expect(run.outcomes.map(({ id }) => id)).toEqual(['plan-001', 'plan-002', 'plan-003']);
  });

  it('ends when an outcome cannot be taken', async () => {
    const error = new Error('EACCES');
    const run = makeRun();
    await expect(run.label(makeIds(20), { onOutcome: () => Promise.reject(error) })).rejects.toBe(error);
    expect(run.teacher.calls).toHaveLength(5);
  });
});

describe('a run that is stopped', () => {
  it('starts nothing new, finishes what is under way, and goes on later without paying twice', async () => {
    const run = makeRun();
    const reason = new Error('interrupted');
    const ids = makeIds(20);
    const labelling = run.label(ids, { concurrency: 4 });
    await run.clock.sleep(250);
    run.stop.abort(reason);
    await expect(labelling).rejects.toBe(reason);
    expect(run.teacher.calls).toHaveLength(12);
    expect(run.teacher.calls.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(run.outcomes).toHaveLength(12);

    const later = makeRun({ journal: () => createMemoryJournal(run.journal.records) });
    await later.label(ids);
    expect(later.teacher.calls.map(({ id }) => id)).toEqual(ids.slice(12));
    expect(later.outcomes).toHaveLength(20);
    expect(later.outcomes.filter(({ isFromJournal }) => isFromJournal)).toHaveLength(12);
  });

  it('ends a pause at once', async () => {
    const run = makeRun({ reply: () => new RateLimitedError('slow', 3_600_000) });
    const reason = new Error('interrupted');
    const labelling = run.label(makeIds(9));
    await run.clock.sleep(5000);
    run.stop.abort(reason);
    await expect(labelling).rejects.toBe(reason);
    expect(run.clock.elapsed()).toBe(5000);
  });

  it('asks nothing when it was stopped before', async () => {
    const run = makeRun();
    const reason = new Error('interrupted');
    run.stop.abort(reason);
    await expect(run.label(makeIds(9))).rejects.toBe(reason);
    expect(run.teacher.calls).toEqual([]);
  });

  it('does not hide an error that comes after the stop', async () => {
    const full = new Error('ENOSPC: no space left');
    // The second item waits for its retry when the stop comes; the first one's answer cannot be written afterwards.
    const run = makeRun({
      reply: ({ id }) => (id === 'plan-002' ? new RateLimitedError('slow', 60_000) : makeAnswer()),
      journal: (clock) =>
        createMemoryJournal([], async (record) => {
          if (idOf(record) !== 'plan-001') return;
          await clock.sleep(1000);
          throw full;
        }),
    });
    const labelling = run.label(makeIds(2));
    await run.clock.sleep(500);
    run.stop.abort(new Error('interrupted'));
    await expect(labelling).rejects.toBe(full);
  });

  it('drops even what is under way when it is aborted', async () => {
    const run = makeRun();
    const reason = new Error('interrupted twice');
    const labelling = run.label(makeIds(9));
    await run.clock.sleep(50);
    run.abort.abort(reason);
    await expect(labelling).rejects.toBe(reason);
    expect(run.clock.elapsed()).toBe(50);
    expect(run.journal.records).toEqual([]);
  });
});
