import { countMatches, countNgrams } from './count-ngrams.ts';
import { charactersOf } from './text-pair.ts';
import type { TextPair } from './text-pair.ts';

/** How the figure was made, in sacreBLEU's terms: to be stored with every score. */
export const BLEU_SIGNATURE = 'nrefs:1|case:mixed|eff:no|tok:char|smooth:exp';
const MAX_ORDER = 4;

/**
 * Corpus BLEU over characters with exponential smoothing, as sacreBLEU computes it.
 *
 * @returns 0 to 100; 0 when nothing matches.
 */
export function bleu(pairs: readonly TextPair[]): number {
  const correct = Array.from({ length: MAX_ORDER }, () => 0);
  const total = Array.from({ length: MAX_ORDER }, () => 0);
  let hypothesisLength = 0;
  let referenceLength = 0;
  for (const pair of pairs) {
    const hypothesis = charactersOf(pair.hypothesis);
    const reference = charactersOf(pair.reference);
    hypothesisLength += hypothesis.length;
    referenceLength += reference.length;
    for (let order = 1; order <= MAX_ORDER; order += 1) {
      correct[order - 1]! += countMatches(countNgrams(hypothesis, order), countNgrams(reference, order));
      total[order - 1]! += Math.max(0, hypothesis.length - order + 1);
    }
  }
  // An order that no hypothesis reaches leaves no geometric mean.
  if (correct.every((count) => count === 0) || total.includes(0)) return 0;
  let halving = 1;
  let logarithms = 0;
  for (let index = 0; index < MAX_ORDER; index += 1) {
    if (correct[index] === 0) halving *= 2;
    const numerator = correct[index] === 0 ? 1 / halving : correct[index]!;
    logarithms += Math.log(numerator / total[index]!);
  }
  const brevity = hypothesisLength >= referenceLength ? 0 : 1 - referenceLength / hypothesisLength;
  return 100 * Math.exp(brevity + logarithms / MAX_ORDER);
}
