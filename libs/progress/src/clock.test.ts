import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from './clock.ts';

const HOUR = 3_600_000;

describe('systemClock', () => {
  it('tells the time of day', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('wakes up with the reason of an abort', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const sleep = systemClock.sleep(HOUR, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  it('does not fall asleep when the signal is aborted already', async () => {
    const reason = new Error('stopped');
    await expect(systemClock.sleep(HOUR, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('lets go of the signal after a sleep', async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(0, signal);
    await systemClock.sleep(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('sleeps longer than a timer of the system can, when a server asks for months', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let isAwake = false;
    void systemClock.sleep(100 * 24 * HOUR).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(100 * 24 * HOUR - 1);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAwake).toBe(true);
  });
});
