import { END_OF_TURN, renderQwen3Question } from '@arae/floorplan';
import type { RowLengthCounter } from './row-length.ts';

/** Tokens that a syllable of Hangul takes on average, on the high side; o200k, which is kinder to Korean, takes 0.68 a character. */
const PER_SYLLABLE = 0.95;
/** Latin letters that make a token, on the low side. */
const LETTERS_PER_TOKEN = 3.5;
/** Marks such as `":{"` that make a token. */
const MARKS_PER_TOKEN = 2;

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

const CONTROL = /<\|[a-z_]+\|>|<\/?think>/g;

function estimateTokens(text: string): number {
  const controls = text.match(CONTROL)?.length ?? 0;
  let tokens = controls;
  let kind: Kind = 'space';
  let length = 0;
  const endRun = () => {
    if (kind === 'letter') tokens += Math.ceil(length / LETTERS_PER_TOKEN);
    else if (kind === 'syllable') tokens += PER_SYLLABLE * length;
    else if (kind === 'mark') tokens += Math.ceil(length / MARKS_PER_TOKEN);
    else if (kind === 'digit') tokens += length;
    else if (kind === 'break') tokens++;
  };
  const plain = controls === 0 ? text : text.replaceAll(CONTROL, ' ');
  for (let index = 0; index < plain.length; index++) {
    const next = kindOf(plain.charCodeAt(index));
    if (next !== kind) {
      endRun();
      kind = next;
      length = 0;
    }
    length++;
  }
  endRun();
  return Math.ceil(tokens);
}

type Kind = 'space' | 'break' | 'digit' | 'letter' | 'syllable' | 'mark';

function kindOf(code: number): Kind {
  if (code >= 0xac00 && code <= 0xd7a3) return 'syllable';
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return 'letter';
  if (code >= 0x30 && code <= 0x39) return 'digit';
  if (code === 0x0a) return 'break';
  return code === 0x20 || code === 0x09 || code === 0x0d ? 'space' : 'mark';
}
