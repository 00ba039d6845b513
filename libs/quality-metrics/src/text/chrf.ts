import { countMatches, countNgrams } from './count-ngrams.ts';
import { charactersOf } from './text-pair.ts';
import type { TextPair } from './text-pair.ts';

/** How the figure was made, in sacreBLEU's terms: to be stored with every score. */
export const CHRF_SIGNATURE = 'nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no';
export const CHRF_ORDER = 6;
const BETA_SQUARED = 4;

/**
 * Corpus chrF2 (characters up to order 6, no words, white space ignored) as sacreBLEU computes it.
 *
 * @returns 0 to 100; 0 for no pairs. One pair gives the sentence score.
 */
export function chrf(pairs: readonly TextPair[]): number {
  const tokens = pairs.map(({ hypothesis, reference }) => ({
    hypothesis: charactersOf(hypothesis),
    reference: charactersOf(reference),
  }));
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let order = 1; order <= CHRF_ORDER; order += 1) {
    let inHypotheses = 0;
    let inReferences = 0;
    let matches = 0;
    for (const { hypothesis, reference } of tokens) {
      const ofReference = Math.max(0, reference.length - order + 1);
      inReferences += ofReference;
      // A reference too short for this order says nothing about the hypothesis.
      if (ofReference === 0) continue;
      inHypotheses += Math.max(0, hypothesis.length - order + 1);
      matches += countMatches(countNgrams(hypothesis, order), countNgrams(reference, order));
    }
    if (inHypotheses === 0 || inReferences === 0) continue;
    precision += matches / inHypotheses;
    recall += matches / inReferences;
    orders += 1;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const p = precision / orders;
  const r = recall / orders;
  return (100 * (1 + BETA_SQUARED) * p * r) / (BETA_SQUARED * p + r);
}
