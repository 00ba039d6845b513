/** Values of a signature; the estimate of a similarity of 0.9 is off by 0.027 (standard deviation). */
export const SIGNATURE_SIZE = 128;

/** Characters of a shingle: about two words of Korean or a field of JSON. */
const SHINGLE = 9;
const EMPTY = 0x7f_ff_ff_ff;
/** Odd multiplier of the rolling hash. */
const BASE = 0x01_00_01_93;

/**
 * A signature whose share of equal values estimates how much two texts share of their pieces of 9 characters (the Jaccard
 * similarity of the sets of pieces). One-permutation hashing (Li, Owen and Zhang, 2012): every piece is hashed once, the hash
 * says which of the 128 values it may lower; a value that no piece fell to is borrowed from the next one that has some
 * (Shrivastava and Li, 2014). A text shorter than a piece counts as one.
 *
 * @param texts taken together as one set; no piece spans two of them
 * @returns 128 values of 16 bits; two of unlike texts are equal once in 65,536 times by chance
 */
export function minHash(...texts: readonly string[]): Int16Array {
  const signature = new Int32Array(SIGNATURE_SIZE).fill(EMPTY);
  for (const text of texts) addPieces(text, signature);
  borrow(signature);
  const short = new Int16Array(SIGNATURE_SIZE);
  for (let index = 0; index < SIGNATURE_SIZE; index++) short[index] = mix(signature[index]!);
  return short;
}

/** The share of values that two signatures have in common, 0 to 1. */
export function similarityOf(a: Int16Array, b: Int16Array): number {
  let equal = 0;
  for (let index = 0; index < SIGNATURE_SIZE; index++) equal += a[index] === b[index] ? 1 : 0;
  return equal / SIGNATURE_SIZE;
}

function addPieces(text: string, signature: Int32Array): void {
  const length = Math.min(SHINGLE, text.length);
  if (length === 0) return;
  let first = 1;
  for (let index = 1; index < length; index++) first = Math.imul(first, BASE);
  let rolling = 0;
  for (let index = 0; index < text.length; index++) {
    if (index >= length) rolling = (rolling - Math.imul(text.charCodeAt(index - length), first)) | 0;
    rolling = (Math.imul(rolling, BASE) + text.charCodeAt(index)) | 0;
    if (index < length - 1) continue;
    const hash = mix(rolling);
    const bin = hash & (SIGNATURE_SIZE - 1);
    const value = hash >>> 7;
    if (value < signature[bin]!) signature[bin] = value;
  }
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of the input. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function borrow(signature: Int32Array): void {
  const own = signature.slice();
  if (own.every((value) => value === EMPTY)) return;
  for (let bin = 0; bin < SIGNATURE_SIZE; bin++) {
    let steps = 0;
    while (own[(bin + steps) % SIGNATURE_SIZE] === EMPTY) steps++;
    // How far it was borrowed goes in, so that two texts are not alike just for borrowing.
    if (steps > 0) signature[bin] = own[(bin + steps) % SIGNATURE_SIZE]! ^ (steps << 25);
  }
}
