import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ExactIndex, writeNpy } from '@arae/vector-search';
import { median } from './median.ts';
import { startNumpySearch } from './numpy-search.ts';
import { randomRows } from './random-rows.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:search -w @arae/bench
const DIMENSIONS = 768;
const REST_MS = 200;
const CASES = [
  { size: 15, asked: 2000, rounds: 41 },
  { size: 1000, asked: 2000, rounds: 11 },
  { size: 100_000, asked: 1000, rounds: 5 },
];

for (const { size, asked, rounds } of CASES) {
  await inTemporaryFolder(async (folder) => {
    const rows = randomRows(size, DIMENSIONS, 1);
    const queries = randomRows(asked, DIMENSIONS, 2);
    const rowsFile = join(folder, 'rows.npy');
    const queriesFile = join(folder, 'queries.npy');
    writeFileSync(rowsFile, writeNpy(rows, DIMENSIONS));
    writeFileSync(queriesFile, writeNpy(queries, DIMENSIONS));
    const index = new ExactIndex(rows);
    const ours = {
      name: 'ExactIndex',
      run: async () => {
        const start = performance.now();
        await index.search(queries, 5);
        return (performance.now() - start) / 1000;
      },
      stop: () => {},
    };
    const files = { rowsFile, queriesFile };
    const theirs = [];
    for (const job of ['whole', 'product'] as const)
      for (const kind of ['float64', 'float32'] as const)
        theirs.push(await startNumpySearch({ ...files, kind, job }));
    const candidates = [ours, ...theirs];
    const seconds = candidates.map((): number[] => []);
    for (let round = -1; round < rounds; round++) {
      for (const [place, candidate] of candidates.entries()) {
        // Threads of the one before may still look out for work.
        await setTimeout(REST_MS);
        const took = await candidate.run();
        // The first round loads what is loaded once.
        if (round >= 0) seconds[place]!.push(took);
      }
    }
    for (const candidate of candidates) candidate.stop();
    const own = median(seconds[0]!);
    console.log(`${asked.toLocaleString('en')} queries against ${size.toLocaleString('en')} × ${DIMENSIONS}`);
    for (const [place, { name }] of candidates.entries()) {
      const took = median(seconds[place]!);
      const ratio = place === 0 ? '' : `   ExactIndex is ${(took / own).toFixed(2)} × as fast`;
      console.log(`  ${name.padEnd(50)} ${(1000 * took).toFixed(1).padStart(9)} ms${ratio}`);
    }
  });
}
