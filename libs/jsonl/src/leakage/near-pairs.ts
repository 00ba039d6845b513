import { SIGNATURE_SIZE, similarityOf } from './min-hash.ts';

/**
 * Signatures that agree in all values of one band are compared: at 16 bands of 8, a pair of similarity 0.85 is missed once
 * in 160 times, one of 0.9 once in 8,000, while of the pairs at 0.4, which are most, one in 100 is looked at.
 */
const BANDS = 16;
const BAND_SIZE = SIGNATURE_SIZE / BANDS;
/** Rows that agree in a band are each compared with this many others, so that a set of copies does not take forever. */
const MAX_COMPARED = 200;
/** A band's hash (32 bits) and a row's index go into one double, which can be sorted without a comparison function. */
const MAX_ROWS = 2 ** 21;

/**
 * Calls `onPair` for pairs of rows that are as similar as `threshold` or more: once or more for each pair, and surely not for
 * pairs that are less similar. Time grows a little more than the number of rows (locality-sensitive hashing).
 *
 * @param isSettled pairs that need no comparison
 * @throws RangeError for more than 2²¹ rows
 */
export function findNearPairs(
  signatures: readonly Int16Array[],
  threshold: number,
  onPair: (first: number, second: number) => void,
  isSettled: (first: number, second: number) => boolean = () => false,
): void {
  if (signatures.length > MAX_ROWS) throw new RangeError(`more than ${MAX_ROWS} rows: split them in parts`);
  const order = new Float64Array(signatures.length);
  for (let band = 0; band < BANDS; band++) {
    for (const [row, signature] of signatures.entries()) {
      order[row] = hashBand(signature, band) * MAX_ROWS + row;
    }
    order.sort();
    let start = 0;
    for (let index = 0; index < order.length; index++) {
      const [key, row] = [Math.floor(order[index]! / MAX_ROWS), order[index]! % MAX_ROWS];
      if (Math.floor(order[start]! / MAX_ROWS) !== key) start = index;
      for (let other = index - 1; other >= Math.max(start, index - MAX_COMPARED); other--) {
        const partner = order[other]! % MAX_ROWS;
        if (isSettled(partner, row)) continue;
        if (similarityOf(signatures[partner]!, signatures[row]!) >= threshold) onPair(partner, row);
      }
    }
  }
}

function hashBand(signature: Int16Array, band: number): number {
  let hash = band + 1;
  for (let index = band * BAND_SIZE; index < (band + 1) * BAND_SIZE; index++) {
    hash = Math.imul(hash ^ signature[index]!, 0x9e_37_79_b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
