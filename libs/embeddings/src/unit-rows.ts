import { EmbeddingError } from './embedding-error.ts';

export interface UnitRowsOptions {
  /** For error messages. */
  readonly engine: string;
  /** How many vectors were asked for. */
  readonly count: number;
  readonly dimensions: number;
  /** Whether longer vectors may be cut (Matryoshka); else only the exact length is taken. */
  readonly truncate: boolean;
  /** Place of the first text in the list that the caller was given. */
  readonly firstIndex: number;
}

/**
 * What an engine gave, as vectors of `dimensions` numbers and length 1: cut where allowed, then normalised again.
 * @throws EmbeddingError `failed` with the text's place: too few or many vectors, another length, NaN, Infinity, all zeros
 */
export function unitRows(vectors: unknown, options: UnitRowsOptions): Float32Array[] {
  const { engine, count, firstIndex } = options;
  if (!Array.isArray(vectors) || vectors.length !== count) {
    const got = Array.isArray(vectors) ? `${vectors.length} vectors` : 'no list of vectors';
    throw new EmbeddingError(
      `${engine} gave ${got} for ${count} texts (from text ${firstIndex}): check that the server serves an embedding model`,
      { code: 'failed', textIndex: firstIndex },
    );
  }
  return vectors.map((vector: unknown, place) => unitRow(vector, firstIndex + place, options));
}

function unitRow(vector: unknown, textIndex: number, options: UnitRowsOptions): Float32Array {
  const { engine, dimensions, truncate } = options;
  const fail = (what: string, mend: string) =>
    new EmbeddingError(`${engine} gave ${what} for text ${textIndex}: ${mend}`, {
      code: 'failed',
      textIndex,
    });
  if (!Array.isArray(vector) && !(vector instanceof Float32Array))
    throw fail('no vector', 'check that the server serves an embedding model');
  const numbers = vector as ArrayLike<unknown>;
  if (numbers.length < dimensions || (!truncate && numbers.length > dimensions))
    throw fail(
      `${numbers.length} dimensions instead of ${dimensions}`,
      'ask for dimensions that the model has',
    );
  let squares = 0;
  for (let place = 0; place < dimensions; place++) {
    const value = numbers[place];
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw fail(`${shown(value)} at place ${place}`, 'try another dtype or device');
    squares += value * value;
  }
  if (squares === 0) throw fail('only zeros', 'try another dtype or device');
  const norm = Math.sqrt(squares);
  return Float32Array.from({ length: dimensions }, (_, place) => (numbers[place] as number) / norm);
}

/** Short, and without a walk through what a server may have nested. */
const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'no number' : String(value).slice(0, 40);
