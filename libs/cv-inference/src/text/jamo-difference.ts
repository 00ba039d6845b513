import { disassembleCompleteCharacter } from 'es-hangul';

/**
 * How far two characters are apart by their jamo: the share of initial, vowel and final that differ, 0 to 1. Anything
 * but two Hangul syllables is 1 apart.
 */
export function jamoDifference(first: string, second: string): number {
  if (first === second) return 0;
  const a = jamoOf(first);
  const b = jamoOf(second);
  if (a === undefined || b === undefined) return 1;
  return a.filter((jamo, index) => jamo !== b[index]).length / a.length;
}

// Bounded by the number of Hangul syllables that occur; taking one apart anew costs more than all the rest.
const known = new Map<string, readonly string[] | undefined>();

function jamoOf(character: string): readonly string[] | undefined {
  if (!/^[가-힣]$/u.test(character)) return undefined;
  const jamo = known.get(character);
  if (jamo !== undefined) return jamo;
  const parts = disassembleCompleteCharacter(character);
  const found = parts && [parts.choseong, parts.jungseong, parts.jongseong];
  known.set(character, found);
  return found;
}
