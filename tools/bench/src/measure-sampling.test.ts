import { describe, expect, it } from 'vitest';
import { madeUpDrawings, measureSampling } from './measure-sampling.ts';
import { sideBySide } from './side-by-side.ts';

describe('the sampling bench', () => {
  it('measures every candidate on distinct names', () => {
    expect(new Set(madeUpDrawings(1000).map(({ name }) => name)).size).toBe(1000);
    const { measurements } = measureSampling(1000, 1);
    expect(measurements.map(({ name }) => name)).toContain('sample: auto');
    expect(measurements[0]?.ratio).toBe(1);
    expect(measurements.every(({ seconds }) => seconds > 0)).toBe(true);
  });

  it('runs the candidates in turn', () => {
    const order: string[] = [];
    const candidate = (name: string) => ({ name, run: () => order.push(name) });
    sideBySide(2, [candidate('a'), candidate('b')]);
    expect(order).toEqual(['a', 'b', 'a', 'b']);
  });
});
