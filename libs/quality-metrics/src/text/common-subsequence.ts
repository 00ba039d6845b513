/** Bits of a word: sums of two words and a carry stay within 32-bit whole numbers. */
const BITS = 30;
const ONES = 2 ** BITS - 1;

/**
 * Length of the longest common subsequence of two texts, given as their code points. Bit-parallel (Hyyrö 2004): a column of the usual
 * table is a row of bits, and a whole column follows from the one before by an addition.
 */
export function commonSubsequence(left: readonly number[], right: readonly number[]): number {
  const words = Math.ceil(left.length / BITS);
  const places = placesOf(left, words);
  const column = new Int32Array(words).fill(ONES);
  for (const character of right) {
    const matches = places.get(character);
    // A character that the other text lacks changes nothing.
    if (matches === undefined) continue;
    let carry = 0;
    for (let word = 0; word < words; word += 1) {
      const bits = column[word]!;
      const matching = bits & matches[word]!;
      const sum = bits + matching + carry;
      carry = sum >>> BITS;
      column[word] = (sum & ONES) | (bits & ~matches[word]!);
    }
  }
  // Each bit that is taken away is one more character in common.
  let zeros = 0;
  for (let index = 0; index < left.length; index += 1) {
    if ((column[Math.floor(index / BITS)]! & (1 << (index % BITS))) === 0) zeros += 1;
  }
  return zeros;
}

/** For every character a bit at each of its places. */
function placesOf(text: readonly number[], words: number): Map<number, Int32Array> {
  const places = new Map<number, Int32Array>();
  for (const [index, character] of text.entries()) {
    let bits = places.get(character);
    if (bits === undefined) {
      bits = new Int32Array(words);
      places.set(character, bits);
    }
    bits[Math.floor(index / BITS)]! |= 1 << (index % BITS);
  }
  return places;
}
