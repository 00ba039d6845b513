import { Matrix } from 'ml-matrix';
import { topK } from './top-k.ts';
import { unitVector } from './unit-vector.ts';
import { VectorError } from './vector-error.ts';

export interface Hit {
  /** Place of the row among the rows the index was made from, from 0. */
  readonly index: number;
  /** Cosine, −1 to 1; 0 where the row or the query is the zero vector. */
  readonly similarity: number;
}

/** Similarities that are held at a time: 4 million doubles are 32 MB. */
const SIMILARITIES_AT_A_TIME = 4_000_000;
const QUERIES_AT_A_TIME = 64;

/**
 * Exact search by cosine: every row is compared with every query, in double precision. The index holds 8 bytes per
 * number of its rows; a search adds at most about 32 MB, or one double per row where that is more.
 */
export class ExactIndex {
  readonly size: number;
  readonly dimensions: number;
  /** One column per row of the index, so that a product with queries gives one row of similarities per query. */
  readonly #columns: Matrix;

  /**
   * @param rows at least one, all of the same length; copied
   * @throws VectorError `empty`, or `bad-row` with the row's index for another length, NaN or Infinity
   */
  constructor(rows: readonly Float32Array[]) {
    const dimensions = rows[0]?.length ?? 0;
    if (dimensions === 0) {
      throw new VectorError('the index has no rows or rows without numbers: embed the documents first', {
        code: 'empty',
      });
    }
    this.size = rows.length;
    this.dimensions = dimensions;
    this.#columns = new Matrix(dimensions, rows.length);
    rows.forEach((row, index) => {
      unitVector(row, dimensions, 'row', index).forEach((value, place) =>
        this.#columns.set(place, index, value),
      );
    });
  }

  /**
   * The k rows most similar to each query, most similar first; of equally similar rows the one with the lower index.
   * @param k a whole number from 1; where there are fewer rows all of them come back
   * @returns one list per query, in order
   * @throws VectorError `bad-query` with the query's index, `bad-option`
   */
  search(queries: readonly Float32Array[], k: number): Hit[][] {
    if (!Number.isInteger(k) || k < 1) {
      throw new VectorError(`k is ${k}: use a whole number from 1`, { code: 'bad-option' });
    }
    const units = queries.map((query, index) => unitVector(query, this.dimensions, 'query', index));
    const block = Math.max(1, Math.min(QUERIES_AT_A_TIME, Math.floor(SIMILARITIES_AT_A_TIME / this.size)));
    const hits: Hit[][] = [];
    for (let start = 0; start < units.length; start += block) {
      const similarities = new Matrix(units.slice(start, start + block)).mmul(this.#columns);
      for (let query = 0; query < similarities.rows; query++) {
        // Rounding can push the product of two unit vectors just past 1.
        const similarityAt = (index: number) => Math.max(-1, Math.min(1, similarities.get(query, index)));
        const best = topK(this.size, k, similarityAt);
        hits.push(best.map((index) => ({ index, similarity: similarityAt(index) })));
      }
    }
    return hits;
  }
}
