import { sampleDrawings } from '@arae/sampling';
import { madeUpDrawings } from '../../made-up-drawings.ts';
import type { Works } from '../works.ts';

const SAMPLE = 2000;

/** Drawing 2,000 of so many names by strata, beside sorting the names alone. */
export const sampling: Works = {
  prepare: () => Promise.resolve(),
  ours: (_folder, size) => {
    const files = madeUpDrawings(size);
    return Promise.resolve(() => {
      sampleDrawings(files, { sampleSize: SAMPLE });
      return null;
    });
  },
  plain: (_folder, size) => {
    const names = madeUpDrawings(size).map(({ name }) => name);
    return Promise.resolve(() => {
      names.toSorted();
      return null;
    });
  },
};
