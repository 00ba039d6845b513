import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createProviderGate } from './provider-gate.ts';

describe('createProviderGate', () => {
  it('is open at first', async () => {
    const clock = createVirtualClock();
    await createProviderGate(clock).pass();
    expect(clock.elapsed()).toBe(0);
  });

  it('holds everybody until a pause ends, also when it grows meanwhile', async () => {
    const clock = createVirtualClock();
    const gate = createProviderGate(clock);
    expect(gate.pause(1000)).toBe(1000);
    const passed = Promise.all([gate.pass(), gate.pass()]);
    await clock.sleep(600);
    expect(gate.pause(5000)).toBe(5000);
    await passed;
    expect(clock.elapsed()).toBe(5600);
  });

  it('never makes a pause shorter', async () => {
    const clock = createVirtualClock();
    const gate = createProviderGate(clock);
    gate.pause(9000);
    expect(gate.pause(10)).toBe(9000);
    await gate.pass();
    expect(clock.elapsed()).toBe(9000);
  });

  it('lets go of who is stopped', async () => {
    const clock = createVirtualClock();
    const gate = createProviderGate(clock);
    const stop = new AbortController();
    gate.pause(9000);
    const passing = gate.pass(stop.signal);
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(passing).rejects.toBe(reason);
    expect(clock.elapsed()).toBe(0);
  });
});
