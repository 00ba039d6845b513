import { charactersOf } from './text-pair.ts';
import type { TextPair } from './text-pair.ts';

/**
 * ROUGE-L F1 of one pair over its characters, white space left out.
 *
 * @returns 0 to 1. Time grows with the product of the lengths, memory with the length of the reference.
 */
export function rougeL({ hypothesis, reference }: TextPair): number {
  const left = codePointsOf(hypothesis);
  const right = codePointsOf(reference);
  if (left.length === 0 || right.length === 0) return 0;
  const common = longestCommonSubsequence(left, right);
  // Equal to the harmonic mean of common / left.length and common / right.length.
  return (2 * common) / (left.length + right.length);
}

/** Numbers, since comparing them is several times as fast as comparing texts. */
function codePointsOf(text: string): Uint32Array {
  return Uint32Array.from(charactersOf(text), (character) => character.codePointAt(0) as number);
}

function longestCommonSubsequence(left: Uint32Array, right: Uint32Array): number {
  const row = new Uint32Array(right.length + 1);
  for (const character of left) {
    let diagonal = 0;
    for (let index = 1; index <= right.length; index += 1) {
      const above = row[index]!;
      row[index] = character === right[index - 1] ? diagonal + 1 : Math.max(above, row[index - 1]!);
      diagonal = above;
    }
  }
  return row[right.length]!;
}
