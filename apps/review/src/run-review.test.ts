import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { parseArguments } from './parse-arguments.ts';
import { runReview } from './run-review.ts';
import { labelledFolder } from './testing/labelled-folder.ts';

describe('runReview', () => {
  it.skipIf(process.platform === 'win32')(
    'appends no review to a file outside the data folder that a link leads to',
    async () => {
      const { data } = await labelledFolder({ count: 1 });
      const outside = join((await labelledFolder({ count: 1 })).data, 'mine.txt');
      writeFileSync(outside, 'mine');
      symlinkSync(outside, join(data, 'manual_reviews.jsonl'));
      const options = await parseArguments(['--data', data]);
      if (typeof options === 'string') throw new Error(options);
      await expect(runReview(options, () => undefined)).rejects.toThrow(UsageError);
      expect(readFileSync(outside, 'utf8')).toBe('mine');
    },
  );
});
