import type { Lexicon } from './room-lexicon.ts';
import { withoutBlanks } from './white-space.ts';

/** Numbers and marks that tell rooms of one kind apart: `침실1`, `욕실(2)`, `방#3`. */
const numbering = /[-#.(]*[0-9]+[)]*$/u;
/** One letter behind a Hangul word: `침실A`. */
const letter = /(?<=[가-힣])[-(]*[A-Z][)]*$/u;

/** The shortest word that may be part of a compound: of one syllable nearly anything could be put together. */
const SHORTEST_PART = 2;

/**
 * A test whether a text without blanks is right as it is: a word of the lexicon, whatever its case; with a number
 * behind it; several joined by `/`, `,` or `·`; or a compound of two (`지하` + `창고`).
 */
export function knownWordsOf({ common, rare, kept, modifiers }: Lexicon): (text: string) => boolean {
  const isLong = (word: string) => [...word].length >= SHORTEST_PART;
  const all = new Set([...common, ...rare, ...kept].map(normalised));
  const beginnings = new Set([...all, ...modifiers.map(normalised)].filter(isLong));

  const isCompound = (text: string): boolean => {
    const characters = [...text];
    return characters.some((_, cut) => {
      const end = characters.slice(cut).join('');
      return isLong(end) && all.has(end) && beginnings.has(characters.slice(0, cut).join(''));
    });
  };
  const isWord = (text: string): boolean => all.has(text) || isCompound(text);
  const isKnown = (text: string): boolean =>
    isWord(text) || isWord(text.replace(numbering, '')) || isWord(text.replace(letter, '').toLowerCase());
  return (text) => {
    const plain = normalised(text);
    if (isKnown(plain) || isWord(text.replace(letter, '').toLowerCase())) return true;
    const parts = plain.split(/[/,·]/u);
    return parts.length > 1 && parts.every((part) => isKnown(part));
  };
}

function normalised(word: string): string {
  return withoutBlanks(word).toLowerCase();
}
