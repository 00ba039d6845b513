/** Rows whose products are computed at a time, so that no sum has to wait for another. */
const GROUP = 8;

/**
 * A small table of rows in groups of eight, each group's first numbers side by side, then its second ones …: read from
 * front to back, whatever the number of dimensions. Filled up with zero rows.
 */
export class RowGroups {
  readonly #numbers: Float64Array;
  /** One for each row, those that it was filled up with included. */
  readonly #products: Float64Array;
  readonly #size: number;

  /** @param rows all of this length */
  constructor(rows: readonly Float32Array[], dimensions: number) {
    const groups = Math.ceil(rows.length / GROUP);
    this.#size = rows.length;
    this.#products = new Float64Array(groups * GROUP);
    this.#numbers = new Float64Array(groups * GROUP * dimensions);
    for (const [row, values] of rows.entries()) {
      const start = Math.floor(row / GROUP) * GROUP * dimensions + (row % GROUP);
      for (let place = 0; place < dimensions; place++) this.#numbers[start + place * GROUP] = values[place]!;
    }
  }

  /** The scalar products of `a` with all rows, to the last bit what `dot` gives; overwritten by the next call. */
  productsWith(a: Float64Array): Float64Array {
    const numbers = this.#numbers;
    for (let row = 0, at = 0; row < this.#products.length; row += GROUP) {
      let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let place = 0; place < a.length; place++, at += GROUP) {
        const value = a[place]!;
        s0 += value * numbers[at]!;
        s1 += value * numbers[at + 1]!;
        s2 += value * numbers[at + 2]!;
        s3 += value * numbers[at + 3]!;
        s4 += value * numbers[at + 4]!;
        s5 += value * numbers[at + 5]!;
        s6 += value * numbers[at + 6]!;
        s7 += value * numbers[at + 7]!;
      }
      this.#products.set([s0, s1, s2, s3, s4, s5, s6, s7], row);
    }
    return this.#products.subarray(0, this.#size);
  }
}
