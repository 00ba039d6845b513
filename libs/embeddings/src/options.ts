import { EmbeddingError } from './embedding-error.ts';

/** @throws EmbeddingError `bad-option` for a value that is no whole number from 1 */
export function requireWholeNumber(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new EmbeddingError(`${name} is ${value}: use a whole number from 1`, { code: 'bad-option' });
  }
}

/** A query as Qwen3-Embedding was trained to see it (the model card has no space after `Query:`). */
export function queryTextWith(instruction: string | undefined, text: string): string {
  return instruction === undefined ? text : `Instruct: ${instruction}\nQuery:${text}`;
}
