import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import type { VirtualClock } from '../testing/virtual-clock.ts';
import { createAdmission } from './admission.ts';
import type { Admission, AdmissionDecision } from './admission.ts';

/** Enters and leaves `count` times, each request taking `ms`; notes when each starts. */
async function runRequests(
  admission: Admission,
  clock: VirtualClock,
  count: number,
  ms: number,
): Promise<number[]> {
  const starts: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      const place = await admission.enter(1);
      starts.push(clock.elapsed());
      await clock.sleep(ms);
      place.leave('answered');
    }),
  );
  return starts;
}

describe('places', () => {
  it('begin few and double with every round, never over the set maximum', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 12 });
    const starts = await runRequests(admission, clock, 60, 100);
    const perRound = [0, 100, 200, 300, 400].map((at) => starts.filter((start) => start === at).length);
    expect(perRound).toEqual([2, 4, 8, 12, 12]);
    expect(admission).toMatchObject({ limit: 12, running: 0 });
  });

  it('are halved by a 429 once, whatever was under way, and come back one by one', async () => {
    const clock = createVirtualClock();
    const decisions: AdmissionDecision[] = [];
    const admission = createAdmission({
      clock,
      maxConcurrency: 16,
      firstLimit: 16,
      onDecision: (decision) => decisions.push(decision),
    });
    const places = await Promise.all(Array.from({ length: 16 }, () => admission.enter(1)));
    await clock.sleep(100);
    for (const place of places) place.leave('limited');
    expect(admission.limit).toBe(8);
    expect(decisions).toHaveLength(1);
    await runRequests(admission, clock, 8, 100);
    expect(admission.limit).toBe(9);
    await runRequests(admission, clock, 8, 100);
    expect(admission.limit).toBe(9);
    await runRequests(admission, clock, 1, 100);
    expect(admission.limit).toBe(10);
  });

  it('are never fewer than one', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 4, firstLimit: 1 });
    const place = await admission.enter(1);
    place.leave('limited');
    place.leave('limited');
    expect(admission).toMatchObject({ limit: 1, running: 0 });
  });
});

describe('a pause', () => {
  it('holds everybody until its end, also when it grows meanwhile, and is never made shorter', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 4, firstLimit: 4 });
    expect(admission.pause(1000)).toBe(1000);
    const entered = Promise.all([admission.enter(1), admission.enter(1)]);
    await clock.sleep(600);
    expect(admission.pause(5000)).toBe(5000);
    expect(admission.pause(10)).toBe(5000);
    await entered;
    expect(clock.elapsed()).toBe(5600);
  });

  it('lets go of who is stopped, and of the timer with the last of them', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 4 });
    const stop = new AbortController();
    admission.pause(9000);
    const entering = admission.enter(1, stop.signal);
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(entering).rejects.toBe(reason);
    await clock.sleep(1);
    expect(clock.elapsed()).toBe(1);
    await admission.enter(1);
    expect(clock.elapsed()).toBe(9000);
  });
});

describe('allowances per minute', () => {
  it('that are told with an answer are kept to', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 50, firstLimit: 50 });
    const first = await admission.enter(1);
    first.leave('answered', { requests: { limit: 600, remaining: 20 }, tokens: null });
    const starts = await runRequests(admission, clock, 200, 10);
    expect(starts.filter((start) => start < 1000)).toHaveLength(29);
    // 600 a minute less one in a hundred, for clocks that differ: 180 more take 18 s.
    expect(starts.at(-1)).toBeGreaterThan(18_000);
    expect(starts.at(-1)).toBeLessThan(18_000 * 1.03);
  });

  it('hold for tokens as well, and a request larger than all of them still gets its turn', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 50, firstLimit: 50 });
    const first = await admission.enter(1);
    first.leave('answered', { requests: null, tokens: { limit: 60_000, remaining: 0 } });
    const place = await admission.enter(1000);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(1000);
    expect(clock.elapsed()).toBeLessThan(1100);
    place.leave('answered');
    await admission.enter(1_000_000);
    expect(clock.elapsed()).toBeGreaterThan(60_000);
  });

  it('are learned from 429s where nothing is told', async () => {
    const clock = createVirtualClock();
    const admission = createAdmission({ clock, maxConcurrency: 8, firstLimit: 8 });
    // A provider that grants 120 in a minute and says nothing of it.
    const granted: number[] = [];
    let refused = 0;
    let refusedLate = 0;
    await Promise.all(
      Array.from({ length: 600 }, async () => {
        for (;;) {
          const place = await admission.enter(1);
          const now = clock.now();
          await clock.sleep(50);
          if (granted.filter((at) => at > now - 60_000).length < 120) {
            granted.push(now);
            place.leave('answered');
            return;
          }
          refused++;
          if (clock.elapsed() > 120_000) refusedLate++;
          admission.pause(1000);
          place.leave('limited');
        }
      }),
    );
    expect(clock.elapsed()).toBeLessThan((600 / 120) * 60_000 * 1.1);
    expect(refused).toBeLessThan(75);
    expect(refusedLate).toBeLessThan(12);
  });
});
