import { VectorError } from './vector-error.ts';

/**
 * The vector scaled to length 1, in double precision; the zero vector stays zero.
 * @param what `row` or `query`, for the error
 * @throws VectorError `bad-row` or `bad-query` for another length, NaN or Infinity
 */
export function unitVector(
  vector: Float32Array,
  dimensions: number,
  what: 'row' | 'query',
  index: number,
): Float64Array {
  const code = `bad-${what}` as const;
  if (vector.length !== dimensions) {
    throw new VectorError(
      `${what} ${index} has ${vector.length} dimensions, the index has ${dimensions}: embed both with one model`,
      { code, index },
    );
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (!Number.isFinite(squares)) {
    const place = vector.findIndex((value) => !Number.isFinite(value));
    throw new VectorError(`${what} ${index} holds ${vector[place]} at place ${place}: embed its text again`, {
      code,
      index,
    });
  }
  const norm = Math.sqrt(squares);
  // Float64Array.from with a function is many times slower than this loop.
  const unit = new Float64Array(vector);
  if (norm > 0) for (let place = 0; place < dimensions; place++) unit[place]! /= norm;
  return unit;
}
