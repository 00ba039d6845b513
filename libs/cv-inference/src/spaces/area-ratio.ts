import { plainNumber, pythonFloat, pythonSum } from '../numbers/spelled-number.ts';
import type { SpelledNumber } from '../numbers/spelled-number.ts';
import { pythonRound } from '../numbers/python-round.ts';

interface Sized {
  readonly area: SpelledNumber;
  readonly is_outside: boolean;
}

/** The area of all inside spaces together. */
export function insideAreaOf(spaces: readonly Sized[]): SpelledNumber {
  return pythonSum(spaces.filter(({ is_outside }) => !is_outside).map(({ area }) => area));
}

/** The share of a space in the inside area; null outside, and the integer 0 when there is no inside area. */
export function areaRatioOf({ area, is_outside }: Sized, insideArea: SpelledNumber): SpelledNumber | null {
  if (is_outside) return null;
  const total = plainNumber(insideArea);
  return total === 0 ? 0 : pythonFloat(pythonRound(plainNumber(area) / total));
}
