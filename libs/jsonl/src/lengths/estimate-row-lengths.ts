import { END_OF_TURN, renderQwen3Question } from '@arae/floorplan';
import type { RowLengthCounter } from './row-length.ts';

/** Tokens that a syllable of Hangul takes on average, on the high side; o200k, which is kinder to Korean, takes 0.68 a character. */
const PER_SYLLABLE = 0.95;
/** Latin letters that make a token, on the low side. */
const LETTERS_PER_TOKEN = 3.5;
/** Marks such as `":{"` that make a token. */
const MARKS_PER_TOKEN = 2;

const PIECE =
  /(<\|[a-z_]+\|>|<\/?think>)|(\d)|([A-Za-z]+)|([\uAC00-\uD7A3]+)|(\n+)|([^\sA-Za-z\d\uAC00-\uD7A3]+)/g;

/**
 * Estimates tokens of the kind of Qwen3's tokenizer without it: digits one by one, as it takes them; Hangul, letters and marks by
 * averages that lean to the high side, so that a length chosen by them cuts nothing.
 */
export const estimateRowLengths: RowLengthCounter = {
  by: 'estimate',
  tokenizerSha256: null,
  count(texts, answer) {
    const answerTokens = estimateTokens(answer + END_OF_TURN);
    return { tokens: estimateTokens(renderQwen3Question(texts)) + answerTokens + 1, answerTokens };
  },
};

function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [, control, digit, letters, syllables, breaks, marks] of text.matchAll(PIECE)) {
    if (control !== undefined || digit !== undefined || breaks !== undefined) tokens++;
    else if (letters !== undefined) tokens += Math.ceil(letters.length / LETTERS_PER_TOKEN);
    else if (syllables !== undefined) tokens += PER_SYLLABLE * syllables.length;
    else tokens += Math.ceil((marks ?? '').length / MARKS_PER_TOKEN);
  }
  return Math.ceil(tokens);
}
