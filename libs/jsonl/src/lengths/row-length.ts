/** Tokens of a row as the chat template of Qwen3 renders it. */
export interface RowLength {
  /** Of the whole text. */
  tokens: number;
  /** Of the answer with the token that ends it: what is trained. */
  answerTokens: number;
}

/** Counts rows by a tokenizer, or estimates them where there is none. */
export interface RowLengthCounter {
  readonly by: 'tokenizer' | 'estimate';
  /** SHA-256 of `tokenizer.json` in hexadecimal digits; null for an estimate. */
  readonly tokenizerSha256: string | null;
  /** The texts must hold no control tokens, and the answer must not begin with white space. */
  count(texts: { system: string; user: string }, answer: string): RowLength;
}
