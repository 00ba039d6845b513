import { describe, expect, it } from 'vitest';
import { sweepFaults } from './fault-sweep.ts';
import { measureThroughput } from './measure-throughput.ts';
import { tryCaps } from './try-caps.ts';

// Nothing here hangs on the machine's speed: both sides share a clock that jumps.
describe('labelling against the simulator in one process', { timeout: 120_000 }, () => {
  it('loses no item and no answer, whatever goes wrong, and asks nobody in a pause', async () => {
    const sweep = await sweepFaults(200, 0.3, 5);
    expect(sweep).toMatchObject({ lost: 0, twice: 0, inPause: 0, unexplained: 0 });
    expect(sweep.labelled + sweep.failed).toBe(200);
    expect(sweep.answersKept).toBe(sweep.answersSent);
    expect(sweep.requests).toBeLessThan(1.6 * 200);
    expect(sweep.failed).toBeLessThan(20);
  });

  it.each([5, 20])('keeps %i places busy', async (concurrency) => {
    const { share } = await measureThroughput(400, concurrency, null);
    expect(share).toBeGreaterThan(0.95);
  });

  it.each(['openai', 'gemini'] as const)(
    'uses an allowance of %s without running into it',
    async (provider) => {
      const { share, limitedAfterFirstMinute } = await measureThroughput(500, 20, 120, provider);
      expect(share).toBeGreaterThan(0.9);
      expect(limitedAfterFirstMinute).toBeLessThan(0.03);
    },
  );

  it('never passes a cap', async () => {
    const trials = await tryCaps(20, 20);
    expect(trials).toMatchObject({ runs: 20, passed: 0 });
    expect(trials.stopped).toBeGreaterThan(0);
    expect(trials.largestShare).toBeGreaterThan(0.8);
  });
});
