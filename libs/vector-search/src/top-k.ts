/**
 * The places of the k highest scores, highest first; of equal scores the first place wins. A heap of the k best so far
 * makes this O(n log k) time and O(k) memory. Fewer than k scores give them all.
 * @param scoreAt the score at a place from 0 to count − 1, never NaN
 */
export function topK(count: number, k: number, scoreAt: (place: number) => number): number[] {
  const size = Math.min(k, count);
  // The worst of the kept places is the root: one that is beaten by any other place that is kept.
  const places: number[] = [];
  const scores: number[] = [];
  const isWorse = (a: number, b: number) =>
    scores[a]! < scores[b]! || (scores[a]! === scores[b]! && places[a]! > places[b]!);
  const swap = (a: number, b: number) => {
    [places[a], places[b]] = [places[b]!, places[a]!];
    [scores[a], scores[b]] = [scores[b]!, scores[a]!];
  };
  const siftUp = (start: number) => {
    for (let child = start; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!isWorse(child, parent)) return;
      swap(child, parent);
      child = parent;
    }
  };
  const siftDown = (length: number) => {
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= length) return;
      const worst = left + 1 < length && isWorse(left + 1, left) ? left + 1 : left;
      if (!isWorse(worst, parent)) return;
      swap(worst, parent);
      parent = worst;
    }
  };
  for (let place = 0; place < count; place++) {
    const score = scoreAt(place);
    if (places.length < size) {
      places.push(place);
      scores.push(score);
      siftUp(places.length - 1);
    } else if (score > scores[0]!) {
      // Places come in rising order, so a score equal to the worst one never replaces it.
      places[0] = place;
      scores[0] = score;
      siftDown(size);
    }
  }
  for (let last = size - 1; last > 0; last--) {
    swap(0, last);
    siftDown(last);
  }
  return places;
}
