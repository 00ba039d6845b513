import { expect, it } from 'vitest';
import { madeUpDrawings } from './made-up-drawings.ts';

it('made-up drawings have names of their own, in no order, the same each time', () => {
  const names = madeUpDrawings(1000).map(({ name }) => name);
  expect(new Set(names).size).toBe(1000);
  expect(names).not.toEqual(names.toSorted());
  expect(madeUpDrawings(1000).map(({ name }) => name)).toEqual(names);
});
