import { VectorError } from './vector-error.ts';

/**
 * The vector's length in double precision.
 * @param what `row` or `query`, for the error
 * @throws VectorError `bad-row` or `bad-query` for another number of dimensions, NaN or Infinity
 */
export function checkedNorm(
  vector: Float32Array,
  dimensions: number,
  what: 'row' | 'query',
  index: number,
): number {
  const code = `bad-${what}` as const;
  if (vector.length !== dimensions) {
    throw new VectorError(
      `${what} ${index} has ${vector.length} dimensions, the index has ${dimensions}: embed both with one model`,
      { code, index },
    );
  }
  let squares = 0;
  for (let place = 0; place < dimensions; place++) squares += vector[place]! * vector[place]!;
  if (!Number.isFinite(squares)) {
    const place = vector.findIndex((value) => !Number.isFinite(value));
    throw new VectorError(`${what} ${index} holds ${vector[place]} at place ${place}: embed its text again`, {
      code,
      index,
    });
  }
  return Math.sqrt(squares);
}
