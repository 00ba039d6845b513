/** Up to so many are kept in order while the scores are read once; for more of them all scores are sorted. */
const FEW = 32;

/**
 * The places of the k highest scores, highest first; of equal scores the first place wins. Fewer than k scores give
 * them all. Time is O(n) for scores in random order and few of them wanted, O(n log n) at most for many.
 * @param all never NaN
 */
export function topK(all: Float32Array | Float64Array, k: number): number[] {
  if (k > FEW) {
    const places = Uint32Array.from(all.keys()).sort((a, b) => all[b]! - all[a]! || a - b);
    return [...places.subarray(0, k)];
  }
  const places: number[] = [];
  for (let place = 0; place < all.length; place++) {
    const score = all[place]!;
    // Places come in rising order, so a score equal to the worst one never replaces it.
    if (places.length === k && score <= all[places[k - 1]!]!) continue;
    let at = places.length === k ? k - 1 : places.length;
    for (; at > 0 && all[places[at - 1]!]! < score; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
  return places;
}
