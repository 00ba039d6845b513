import { describe, expect, it } from 'vitest';
import { machineTimeOf, shareOfOthers } from './machine-time.ts';

describe('machineTimeOf', () => {
  it('counts everything but idling and waiting as busy, guests once', () => {
    const stat = 'cpu  100 200 300 4000 500 60 70 80 90 10\ncpu0 1 1 1 1 1 1 1 1 1 1\n';
    expect(machineTimeOf(stat)).toEqual({
      busy: expect.closeTo(8.1) as number,
      total: expect.closeTo(53.1) as number,
    });
  });

  it('gives null where nothing is told', () => {
    expect(machineTimeOf('cpu  0 0 0 0 0 0 0 0 0 0\n')).toBeNull();
    expect(machineTimeOf('')).toBeNull();
  });
});

describe('shareOfOthers', () => {
  it('is what is left of the busy time', () => {
    expect(shareOfOthers({ busy: 10, total: 100 }, { busy: 25, total: 120 }, 10)).toBe(0.25);
    expect(shareOfOthers({ busy: 10, total: 100 }, { busy: 15, total: 120 }, 6)).toBe(0);
    expect(shareOfOthers(null, { busy: 15, total: 120 }, 6)).toBeNull();
  });
});
