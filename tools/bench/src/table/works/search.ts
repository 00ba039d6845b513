import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExactIndex, readNpy, writeNpy } from '@arae/vector-search';
import { randomRows } from '../../random-rows.ts';
import type { Works } from '../works.ts';

const DIMENSIONS = 768;
const ASKED = 200;
const BEST = 5;

/** The five nearest of so many rows for 200 queries, from separate vectors to hits in order; NumPy in double precision. */
export const search: Works = {
  prepare: (folder, size) => {
    writeFileSync(join(folder, 'rows.npy'), writeNpy(randomRows(size, DIMENSIONS, 1), DIMENSIONS));
    writeFileSync(join(folder, 'queries.npy'), writeNpy(randomRows(ASKED, DIMENSIONS, 2), DIMENSIONS));
    return Promise.resolve();
  },
  ours: (folder) => {
    const index = new ExactIndex(rowsOf(join(folder, 'rows.npy')));
    const queries = rowsOf(join(folder, 'queries.npy'));
    return Promise.resolve(async () => {
      const hits = await index.search(queries, BEST);
      return hits.flat().reduce((sum, hit) => sum + hit.index, 0);
    });
  },
  plain: 'python',
};

const rowsOf = (path: string): Float32Array[] => readNpy(readFileSync(path)).rows;
