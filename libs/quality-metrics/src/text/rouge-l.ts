import { commonSubsequence } from './common-subsequence.ts';
import { charactersOf } from './text-pair.ts';
import type { TextPair } from './text-pair.ts';

/**
 * ROUGE-L F1 of one pair over its characters, white space left out.
 *
 * @returns 0 to 1. Two texts of 6,000 characters take a few milliseconds.
 */
export function rougeL({ hypothesis, reference }: TextPair): number {
  const left = codePointsOf(hypothesis);
  const right = codePointsOf(reference);
  if (left.length === 0 || right.length === 0) return 0;
  // Time goes with both lengths, memory with the first one and its variety: the shorter one, whatever a model answered.
  const common =
    left.length <= right.length ? commonSubsequence(left, right) : commonSubsequence(right, left);
  // Equal to the harmonic mean of common / left.length and common / right.length.
  return (2 * common) / (left.length + right.length);
}

function codePointsOf(text: string): number[] {
  return charactersOf(text).map((character) => character.codePointAt(0) as number);
}
