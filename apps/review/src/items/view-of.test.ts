import { expect, it } from 'vitest';
import type { SpaceShape } from '../contract.ts';
import { viewOf } from './view-of.ts';

const space = (points: string): SpaceShape => ({
  id: 'a',
  name: '거실',
  names: ['거실'],
  points,
  centre: [0, 0],
  isOutside: false,
});
const sheet = { width: 1000, height: 500 };

it('is the plan with a tenth of its longer side around it', () => {
  const spaces = [space('300,100 500,100 500,300'), space('300,200 700,200 700,300')];
  expect(viewOf({ ...sheet, spaces })).toEqual([260, 60, 480, 280]);
});

it('ends at the edge of the drawing, also where spaces reach over it', () => {
  expect(viewOf({ ...sheet, spaces: [space('-50,10 990,10 1200,490')] })).toEqual([0, 0, 1000, 500]);
});

it('is all of the drawing where no space has an area in it', () => {
  expect(viewOf({ ...sheet, spaces: [] })).toEqual([0, 0, 1000, 500]);
  expect(viewOf({ ...sheet, spaces: [space('5,5 5,5 5,5')] })).toEqual([0, 0, 1000, 500]);
  expect(viewOf({ ...sheet, spaces: [space('2000,5 3000,5 3000,50')] })).toEqual([0, 0, 1000, 500]);
});
