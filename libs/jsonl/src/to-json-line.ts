import { JsonlError } from './jsonl-error.ts';

/**
 * One row as compact JSON without the newline. Korean and everything else stays as it is written; only what JSON demands is
 * escaped. U+2028 and U+2029 are plain characters in JSON and stay too: a reader of JSONL splits at "\n" alone.
 * @throws JsonlError `no-value` for what JSON has no text for (undefined, a function)
 */
export function toJsonLine(row: unknown): string {
  const text = JSON.stringify(row) as string | undefined;
  if (text === undefined) {
    throw new JsonlError(`a row is ${typeof row}, which JSON cannot hold: give an object`, {
      code: 'no-value',
    });
  }
  return text;
}
