import { checkedNorm } from './checked-norm.ts';
import { dot } from './dot.ts';
import { RowGroups } from './row-groups.ts';
import { createSingleScores, scoreError, type SingleScores } from './single-scores.ts';
import { topK } from './top-k.ts';
import { VectorError } from './vector-error.ts';

export interface Hit {
  /** Place of the row among the rows the index was made from, from 0. */
  readonly index: number;
  /** Cosine, −1 to 1; 0 where the row or the query is the zero vector. */
  readonly similarity: number;
}

/** Up to so many rows a plain loop is faster than ONNX Runtime and what follows it (`npm run bench:search`). */
const PLAIN_ROWS = 32;
/** Scores in single precision that are held at a time: 8 million are 32 MB. */
const SCORES_AT_A_TIME = 8_000_000;
const QUERIES_AT_A_TIME = 256;

/**
 * Exact search by cosine: every row is compared with every query, and similarities are sums in double precision, added
 * up in the order of the dimensions, so that they depend on the row and the query only.
 *
 * A small index is searched by a plain loop. In a larger one ONNX Runtime computes all scores in single precision on
 * all cores, and the rows whose score lies within its error of the k-th best are compared again in double precision:
 * both ways give the same to the last bit. The index holds 8 bytes per number of its rows; a search adds about 40 MB,
 * or 4 bytes per row where that is more.
 */
export class ExactIndex {
  readonly size: number;
  readonly dimensions: number;
  /** The rows of a small index, or those of a larger one behind each other. */
  readonly #rows: RowGroups | Float32Array;
  readonly #norms: Float64Array;
  #scores: Promise<SingleScores> | undefined;

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
    this.#norms = Float64Array.from(rows, (row, index) => checkedNorm(row, dimensions, 'row', index));
    this.#rows =
      rows.length <= PLAIN_ROWS ? new RowGroups(rows, dimensions) : oneBehindTheOther(rows, dimensions);
  }

  /**
   * The k rows most similar to each query, most similar first; of equally similar rows the one with the lower index.
   * @param k a whole number from 1; where there are fewer rows all of them come back
   * @returns one list per query, in order
   * @throws VectorError `bad-query` with the query's index, `bad-option`
   */
  async search(queries: readonly Float32Array[], k: number): Promise<Hit[][]> {
    if (!Number.isInteger(k) || k < 1) {
      throw new VectorError(`k is ${k}: use a whole number from 1`, { code: 'bad-option' });
    }
    const norms = queries.map((query, index) => checkedNorm(query, this.dimensions, 'query', index));
    const rows = this.#rows;
    return rows instanceof RowGroups
      ? this.#searchPlainly(rows, queries, norms, k)
      : this.#searchByScores(rows, queries, norms, k);
  }

  #searchPlainly(rows: RowGroups, queries: readonly Float32Array[], norms: readonly number[], k: number) {
    const double = new Float64Array(this.dimensions);
    return queries.map((query, index): Hit[] => {
      double.set(query);
      const similarities = rows.productsWith(double);
      for (let row = 0; row < this.size; row++) {
        similarities[row] = cosine(similarities[row]!, norms[index]!, this.#norms[row]!);
      }
      return topK(similarities, k).map((row) => ({ index: row, similarity: similarities[row]! }));
    });
  }

  async #searchByScores(
    rows: Float32Array,
    queries: readonly Float32Array[],
    norms: readonly number[],
    k: number,
  ): Promise<Hit[][]> {
    this.#scores ??= createSingleScores(unitRows(rows, this.#norms), this.dimensions);
    const singleScores = await this.#scores;
    const block = Math.max(1, Math.min(QUERIES_AT_A_TIME, Math.floor(SCORES_AT_A_TIME / this.size)));
    const hits: Hit[][] = [];
    for (let start = 0; start < queries.length; start += block) {
      const some = queries.slice(start, start + block);
      const table = oneBehindTheOther(some, this.dimensions);
      const units = unitRows(table, norms.slice(start, start + block));
      const scores = await singleScores.of(units, some.length);
      some.forEach((query, place) => {
        const own = scores.subarray(place * this.size, (place + 1) * this.size);
        hits.push(this.#best(rows, query, norms[start + place]!, own, k));
      });
    }
    return hits;
  }

  /** Compares again, in double precision, every row that may be among the k best by its score. */
  #best(table: Float32Array, query: Float32Array, norm: number, scores: Float32Array, k: number): Hit[] {
    const worst = topK(scores, k).at(-1) ?? 0;
    const least = scores[worst]! - 2 * scoreError(this.dimensions);
    const rows: number[] = [];
    for (let row = 0; row < scores.length; row++) if (scores[row]! >= least) rows.push(row);
    const double = new Float64Array(query);
    const similarities = Float64Array.from(rows, (row) =>
      cosine(dot(double, table, row * this.dimensions), norm, this.#norms[row]!),
    );
    return topK(similarities, k).map((place) => ({ index: rows[place]!, similarity: similarities[place]! }));
  }
}

/** Rounding can push the cosine of two vectors just past 1. */
const cosine = (product: number, a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : Math.max(-1, Math.min(1, product / (a * b)));

function oneBehindTheOther(rows: readonly Float32Array[], dimensions: number): Float32Array {
  const table = new Float32Array(rows.length * dimensions);
  rows.forEach((row, index) => table.set(row, index * dimensions));
  return table;
}

/** Each row of a table divided by its norm, in single precision; a zero vector stays zero. */
function unitRows(table: Float32Array, norms: ArrayLike<number>): Float32Array {
  const units = new Float32Array(table.length);
  const dimensions = table.length / norms.length;
  for (let row = 0, at = 0; row < norms.length; row++) {
    const norm = norms[row]! || 1;
    for (const end = at + dimensions; at < end; at++) units[at] = table[at]! / norm;
  }
  return units;
}
