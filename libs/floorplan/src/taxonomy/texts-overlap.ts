import { normaliseText } from './normalise-text.ts';

/**
 * True when one text, normalised, is part of the other. A text that normalises to nothing is part of every text; the
 * service behaves so, and the training data has to agree with it.
 */
export function textsOverlap(first: string, second: string): boolean {
  const a = normaliseText(first);
  const b = normaliseText(second);
  return a.includes(b) || b.includes(a);
}
