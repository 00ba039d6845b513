/** The symbol with which a CRNN says "no character here". */
const BLANK = '-';

/**
 * The text of a raw CRNN reading, one symbol a step: `-침침--실-` → `침실`. A symbol is doubled only when a blank stands
 * between. Symbols are code points.
 *
 * @param filler - a word that stands for nothing and is dropped from the result; empty drops nothing
 */
export function cleanPrediction(raw: string, filler: string): string {
  const text = raw.split(BLANK).map(withoutRepeats).join('');
  return filler === '' ? text : text.replaceAll(filler, '');
}

function withoutRepeats(part: string): string {
  const symbols = [...part];
  return symbols.filter((symbol, index) => symbol !== symbols[index - 1]).join('');
}
