import { describe, expect, it } from 'vitest';
import { pythonRound } from './python-round.ts';

describe('pythonRound', () => {
  it.each([
    [0.03125, 0.0312],
    [0.09375, 0.0938],
    [0.78125, 0.7812],
    [-0.03125, -0.0312],
    [100.46875, 100.4688],
    [100.40625, 100.4062],
  ])('sends the tie %d to the even digit %d', (value, expected) => {
    expect(pythonRound(value)).toBe(expected);
  });

  it.each([
    [0.00005, 0.0001],
    [0.00015, 0.0001],
    [1 / 3, 0.3333],
    [2 / 3, 0.6667],
    [66.66666666666667, 66.6667],
    [12, 12],
    [1e22, 1e22],
  ])('takes the exact binary value of %d', (value, expected) => {
    expect(pythonRound(value)).toBe(expected);
  });
});
