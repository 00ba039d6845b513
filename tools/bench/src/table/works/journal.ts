import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, writeFileAtomic } from '@arae/progress';
import type { Works } from '../works.ts';

/** As many drawings end at about the same time. */
const AT_A_TIME = 20;
const stemOf = (index: number): string => `APT_FP_OBJ_${String(index).padStart(9, '0')}`;

/** Marking drawings as done so that a kill loses none: lines of a journal, beside a JSON file written anew each time. */
export const journal: Works = {
  prepare: () => Promise.resolve(),
  ours: (folder, size) =>
    Promise.resolve(async () => {
      const log = await openJournal(join(mkdtempSync(join(folder, 'ours-')), 'journal.jsonl'));
      for (let start = 0; start < size; start += AT_A_TIME) {
        const some = Array.from({ length: Math.min(AT_A_TIME, size - start) }, (_, place) =>
          stemOf(start + place),
        );
        await Promise.all(some.map((stem) => log.append({ type: 'done', stem })));
      }
      await log.close();
      return null;
    }),
  plain: (folder, size) =>
    Promise.resolve(async () => {
      const path = join(mkdtempSync(join(folder, 'plain-')), 'progress.json');
      const done: string[] = [];
      for (let index = 0; index < size; index++) {
        done.push(stemOf(index));
        await writeFileAtomic(path, JSON.stringify(done));
      }
      return null;
    }),
};
