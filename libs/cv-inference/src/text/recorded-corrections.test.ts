import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, shuffled } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { BUNDLED_CONFUSIONS } from './bundled-confusions.ts';
import { cleanPrediction } from './clean-prediction.ts';
import { parseCorrectionRules } from './correction-rules.ts';
import { createTextCorrector } from './create-text-corrector.ts';
import { learnConfusions } from './learn-confusions.ts';
import type { MisreadText } from './learn-confusions.ts';
import { withoutBlanks } from './white-space.ts';

/** The folder of recorded results of the service; it is not part of this repository. */
const shared = process.env['ARAE_SHARED'];
if (shared === undefined)
  console.warn('skipped: the recorded corrections need ARAE_SHARED, the folder that holds them');

interface RecordedText {
  readonly raw: string;
  readonly remove_word: string;
  readonly after_prediction: string;
  readonly expected: string;
  readonly tag: string;
}

const FOLDS = 5;
const SHUFFLES = 5;

const rows: RecordedText[] =
  shared === undefined
    ? []
    : (JSON.parse(
        readFileSync(join(shared, 'golden/preprocess/text_corrections.json'), 'utf8'),
      ) as RecordedText[]);

/** What was misread, each once; blanks are no mistakes. */
const misread: MisreadText[] = [
  ...new Map(rows.map((row) => [withoutBlanks(row.after_prediction), row.expected])),
]
  .map(([read, meant]) => ({ read, meant }))
  .filter(({ read, meant }) => read !== meant);

describe.skipIf(shared === undefined)('recorded corrections', () => {
  it('have the same text before correction', () => {
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.map((row) => cleanPrediction(row.raw, row.remove_word))).toEqual(
      rows.map((row) => row.after_prediction),
    );
  });

  it('leave clean words unchanged', () => {
    const correct = createTextCorrector();
    const clean = rows.filter(({ tag }) => tag === 'clean').map(({ after_prediction }) => after_prediction);
    expect(clean.map(correct)).toEqual(clean);
    const changed = rows.filter(({ after_prediction, expected }) => {
      const text = withoutBlanks(after_prediction);
      return text === expected && correct(after_prediction) !== text;
    });
    expect(changed).toEqual([]);
  });

  it('are met by a rules file that holds them', () => {
    const literal = (text: string) => text.replace(/[^\p{L}\p{N}_]/gu, String.raw`\$&`);
    const pairs = new Map(rows.map((row) => [row.after_prediction, row.expected]));
    // Whole texts only, so that none works on a part of what another has made.
    const rules = [...pairs].map(([read, meant]) => ({
      pattern: String.raw`\A${literal(read)}\Z`,
      replacement: meant,
    }));
    const all = createTextCorrector({ rules: parseCorrectionRules(JSON.stringify(rules)) });
    expect(rows.filter((row) => all(row.after_prediction) !== row.expected)).toEqual([]);
  });

  it('made the bundled table', () => {
    expect(BUNDLED_CONFUSIONS).toEqual(learnConfusions(misread));
  });

  it('are found again by a table learnt from the others', () => {
    const shares = Array.from({ length: SHUFFLES }, (_, seed) => {
      const order = shuffled(misread, createRandom(seed));
      const right = order.filter(({ read, meant }, index) => {
        const others = order.filter((_other, other) => other % FOLDS !== index % FOLDS);
        return createTextCorrector({ confusions: learnConfusions(others) })(read) === meant;
      });
      return right.length / order.length;
    });
    console.info(`corrections cross-validated: ${shares.map((share) => share.toFixed(3)).join(', ')}`);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.65);
  });
});
