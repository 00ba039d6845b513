import { cleanPrediction } from './clean-prediction.ts';
import { TextDecodingError } from './text-decoding-error.ts';

/** The symbol behind the last one of the vocabulary; the recogniser has it, its vocabulary does not list it. */
const EXTRA_SYMBOL = '@';

export interface CrnnOutput {
  /** How many readings each text has, from left to right. */
  readonly steps: number;
  /** How many texts. */
  readonly batch: number;
  /** How many scores a reading has. */
  readonly symbols: number;
  /** One entry a symbol (a string counts by code points), with or without the extra symbol `@` at the end. */
  readonly vocabulary: string | readonly string[];
  /** A word that stands for nothing; empty for none. */
  readonly filler: string;
}

/**
 * The texts that a CRNN read, in the order of the batch.
 *
 * @param output - scores of the shape [steps, batch, symbols]; the best symbol counts, the first of equals
 * @throws TextDecodingError when output and shape, or vocabulary and number of symbols do not agree.
 */
export function decodeCrnn(
  output: Float32Array,
  { steps, batch, symbols, vocabulary, filler }: CrnnOutput,
): string[] {
  if (output.length !== steps * batch * symbols) {
    throw new TextDecodingError(
      'size',
      `${output.length} values are not ${steps} steps × ${batch} texts × ${symbols} symbols`,
    );
  }
  const alphabet = alphabetOf(vocabulary, symbols);
  return Array.from({ length: batch }, (_, text) => {
    let raw = '';
    for (let step = 0; step < steps; step++) {
      const start = (step * batch + text) * symbols;
      raw += alphabet[indexOfLargest(output, start, start + symbols)] ?? '';
    }
    return cleanPrediction(raw, filler);
  });
}

function alphabetOf(vocabulary: string | readonly string[], symbols: number): readonly string[] {
  const listed = [...vocabulary];
  if (listed.length > 0 && listed.length === symbols) return listed;
  if (listed.length + 1 === symbols) return [...listed, EXTRA_SYMBOL];
  throw new TextDecodingError(
    'vocabulary',
    `a vocabulary of ${listed.length} does not fit ${symbols} symbols; list all, or all but the last (@)`,
  );
}

/** Where the largest value stands, counted from the start. */
function indexOfLargest(values: Float32Array, start: number, end: number): number {
  let best = start;
  for (let index = start + 1; index < end; index++) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best - start;
}
