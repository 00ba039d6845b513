import { alignTexts } from './align-texts.ts';
import type { ConfusionTable } from './confusion-table.ts';
import type { Lexicon } from './room-lexicon.ts';
import { withoutBlanks } from './white-space.ts';

export interface NearWord {
  readonly word: string;
  /** The edit distance, by the square root of the longer length: long texts hold more mistakes, but agree in more. */
  readonly distance: number;
  /** The share of the word's characters that were read right, 0 to 1. */
  readonly agreement: number;
  /** How many characters at the beginning are the same. */
  readonly sameBeginning: number;
}

/** How much farther a rare word counts. */
const RARE_PENALTY = 0.1;
/** A word of one character shares little with anything. */
const SINGLE_CHARACTER_PENALTY = 0.4;
/** How much a character that agrees brings a word nearer, if it stands in no other word; 실 or 방 bring little. */
const EVIDENCE = 0.75;

/** A function that finds the word of a lexicon that a text was most likely meant as; the first of equals. */
export function nearestWordIn(
  { common, rare }: Pick<Lexicon, 'common' | 'rare'>,
  confusions: ConfusionTable,
): (text: string) => NearWord | undefined {
  const targets = [
    ...common.map((word) => ({ word: withoutBlanks(word), penalty: 0 })),
    ...rare.map((word) => ({ word: withoutBlanks(word), penalty: RARE_PENALTY })),
  ].map(({ word, penalty }) => {
    const characters = [...word];
    return { word, characters, penalty: penalty + (characters.length === 1 ? SINGLE_CHARACTER_PENALTY : 0) };
  });
  const evidenceOf = evidenceIn(targets.map(({ characters }) => characters));

  return (text) => {
    const read = [...text];
    let best: (NearWord & { score: number }) | undefined;
    for (const { word, characters, penalty } of targets) {
      // Without a common character there is nothing to go by.
      if (!characters.some((character) => read.includes(character))) continue;
      const { cost, steps } = alignTexts(read, characters, confusions);
      const agreeing = steps.filter((step) => step.read === step.meant);
      if (agreeing.length === 0) continue;
      const distance = cost / Math.sqrt(Math.max(read.length, characters.length));
      const evidence = agreeing.reduce((sum, { meant }) => sum + evidenceOf(meant), 0) / read.length;
      const score = distance + penalty - EVIDENCE * evidence;
      if (best === undefined || score < best.score) {
        const agreement = agreeing.length / characters.length;
        best = { word, distance, agreement, sameBeginning: sameBeginningOf(read, characters), score };
      }
    }
    return best;
  };
}

function sameBeginningOf(first: readonly string[], second: readonly string[]): number {
  const end = first.findIndex((character, index) => character !== second[index]);
  return end === -1 ? first.length : end;
}

/** How telling a character is: 1 when only one word has it, towards 0 when all have it. */
function evidenceIn(words: readonly (readonly string[])[]): (character: string) => number {
  const counts = new Map<string, number>();
  for (const word of words) {
    for (const character of new Set(word)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const scale = Math.log(Math.max(words.length, 2));
  return (character) => Math.log(words.length / (counts.get(character) ?? 1)) / scale;
}
