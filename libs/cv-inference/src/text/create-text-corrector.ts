import { BUNDLED_CONFUSIONS } from './bundled-confusions.ts';
import type { ConfusionTable } from './confusion-table.ts';
import type { CorrectionRule } from './correction-rules.ts';
import { knownWordsOf } from './known-words.ts';
import { nearestWordIn } from './nearest-word.ts';
import { ROOM_LEXICON } from './room-lexicon.ts';
import type { Lexicon } from './room-lexicon.ts';
import { withoutBlanks } from './white-space.ts';

export interface TextCorrectorOptions {
  /** Words to correct to; a plain list counts as common words. Default: the bundled labels. Empty: rules only. */
  readonly lexicon?: Lexicon | readonly string[];
  /** What the recogniser takes for what; default: the bundled table. */
  readonly confusions?: ConfusionTable;
  /** Applied first, one after the other; see `parseCorrectionRules`. Default: none. */
  readonly rules?: readonly CorrectionRule[];
}

/** Beyond this distance a text is left alone: about one and a half of three characters differ. */
const FARTHEST = 0.9;
/** A text that begins like the word may be farther off: the recogniser loses its way towards the end. */
const FARTHEST_WITH_SAME_BEGINNING = 1.6;
const SAME_BEGINNING = 2;
/** Texts without Hangul are mostly dimensions and symbols; only long ones that agree well are words misread. */
const FEWEST_LATIN_CHARACTERS = 4;
const LATIN_AGREEMENT = 0.5;
const FEWEST_LETTERS = 2;
/** No label has so many characters, and comparing such a text with every word would take minutes. */
const LONGEST = 200;

/**
 * A function that corrects the texts of a recogniser. Blanks always go. Then, in this order:
 *
 * 1. A text that a rule matches becomes what the rules make of it, and nothing else; rules that merely take blanks away
 *    settle nothing.
 * 2. A text that the lexicon knows stays.
 * 3. A text that is near a word of the lexicon becomes this word; a number at its end stays.
 * 4. All others stay: numbers, dimensions, symbols, and what is far from everything. Texts of more than 200 characters only lose
 *    their blanks.
 */
export function createTextCorrector({
  lexicon = ROOM_LEXICON,
  confusions = BUNDLED_CONFUSIONS,
  rules = [],
}: TextCorrectorOptions = {}): (text: string) => string {
  const complete: Lexicon = isLexicon(lexicon)
    ? lexicon
    : { common: lexicon, rare: [], kept: [], modifiers: [] };
  const isKnown = knownWordsOf(complete);
  const nearestTo = nearestWordIn(complete, confusions);

  const corrected = (text: string): string => {
    if (isKnown(text) || !isReadable(text)) return text;
    const nearest = nearestTo(text);
    if (nearest === undefined) return text;
    const { distance, sameBeginning } = nearest;
    if (distance > (sameBeginning >= SAME_BEGINNING ? FARTHEST_WITH_SAME_BEGINNING : FARTHEST)) return text;
    const isEnough =
      /\p{Script=Hangul}/u.test(text) ||
      ([...text].length >= FEWEST_LATIN_CHARACTERS && nearest.agreement >= LATIN_AGREEMENT);
    return isEnough ? nearest.word : text;
  };

  return (text) => {
    if (text.length > LONGEST) return withoutBlanks(text);
    const ruled = applyRules(text, rules);
    const plain = withoutBlanks(ruled.text);
    if (ruled.isSettled || isKnown(plain)) return plain;
    const stem = plain.slice(0, plain.length - digitsAtEnd(plain));
    return corrected(stem) + plain.slice(stem.length);
  };
}

function digitsAtEnd(text: string): number {
  let count = 0;
  while (/[0-9]/.test(text[text.length - 1 - count] ?? '')) count++;
  return count;
}

function isLexicon(lexicon: Lexicon | readonly string[]): lexicon is Lexicon {
  return 'common' in lexicon;
}

function applyRules(
  text: string,
  rules: readonly CorrectionRule[],
): { readonly text: string; readonly isSettled: boolean } {
  let isSettled = false;
  let current = text;
  for (const { apply } of rules) {
    const next = apply(current);
    if (next === undefined) continue;
    isSettled ||= next === current || withoutBlanks(next) !== withoutBlanks(current);
    current = next;
  }
  return { text: current, isSettled };
}

/** False for what no lexicon helps with: numbers, signs, too few letters, the same character over and over. */
function isReadable(text: string): boolean {
  const letters = [...text].filter((character) => /\p{L}/u.test(character));
  return (
    /^\p{L}/u.test(text) && letters.length >= FEWEST_LETTERS && new Set(text).size > 1 && !/[0-9]/u.test(text)
  );
}
