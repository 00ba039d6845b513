/** Rows of numbers from −0.5 to 0.5 that look random (xorshift32) and are the same in every run. */
export function randomRows(count: number, dimensions: number, seed: number): Float32Array[] {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32 - 0.5;
  };
  return Array.from({ length: count }, () => Float32Array.from({ length: dimensions }, next));
}
