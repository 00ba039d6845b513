import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attack } from './attack.ts';
import { fuzzTargets } from './targets.ts';

const SEED = 42;
const MILLISECONDS = 1000;

describe('broken input', async () => {
  it.each(await fuzzTargets())('$name', { timeout: 60_000 }, async (target) => {
    const { fault, cases } = await attack(target, MILLISECONDS, SEED);
    expect(fault).toBeNull();
    expect(cases).toBeGreaterThan(10);
  });
});

describe('attack', () => {
  it.each([
    ['an error of somebody else', (): never => { throw new TypeError('x is undefined'); }], // prettier-ignore
    ['a message of several lines', (): never => { throw new RangeError('a\nb'); }], // prettier-ignore
  ])('finds %s and the input that shows it', async (_, run) => {
    const { fault } = await attack(
      { name: 'bad', input: fc.string(), run, errors: [RangeError] },
      1000,
      SEED,
    );
    expect(fault).toMatch(/TypeError: x is undefined|several lines/);
    expect(fault).toContain(`seed ${SEED}, input ""`);
  });

  it('counts what is refused as it should be', async () => {
    const run = (): never => {
      throw new RangeError('too large');
    };
    const result = await attack({ name: 'good', input: fc.string(), run, errors: [RangeError] }, 100, SEED);
    expect(result).toMatchObject({ fault: null, refused: result.cases });
  });
});
