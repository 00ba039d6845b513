import { countTokens, decode, encode } from 'gpt-tokenizer/encoding/o200k_base';

/** The tokenizer takes time quadratic in the length of a run without a break; such runs are counted piecewise. */
const LONG_RUN = /[^\s\p{P}]{256,}|\s{256,}|\p{P}{256,}/u;
const PIECE = 256;
const ANY_TEXT = { disallowedSpecial: new Set<string>() };

/** How many o200k tokens a text has (for Gemini an estimate); special tokens count as ordinary text. */
export function tokensIn(text: string): number {
  if (!LONG_RUN.test(text)) return countTokens(text, ANY_TEXT);
  let count = 0;
  for (let start = 0; start < text.length; start += PIECE) {
    count += countTokens(text.slice(start, start + PIECE), ANY_TEXT);
  }
  return count;
}

/** The text as a model leaves it when it may write no more than `limit` tokens. */
export function cutToTokens(text: string, limit: number): string {
  return limit <= 0 ? '' : decode(encode(text, ANY_TEXT).slice(0, limit)).replace(/\uFFFD+$/, '');
}

/** Tokens of a prompt: the texts, three for the frame of each and three for the start of the answer. */
export function promptTokensOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + tokensIn(text) + 3, 3);
}
