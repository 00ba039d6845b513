/**
 * How often each run of `order` characters occurs.
 *
 * @param characters code points, one each: so many of them behind each other make one text only
 */
export function countNgrams(characters: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  const text = characters.join('');
  // Where every character is one unit of a string, its parts are cut out of it, which is several times as fast.
  const isPlain = text.length === characters.length;
  for (let start = 0; start + order <= characters.length; start += 1) {
    const end = start + order;
    const ngram = isPlain ? text.slice(start, end) : characters.slice(start, end).join('');
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** How many n-grams both hold, each counted as often as it occurs in both. */
export function countMatches(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let matches = 0;
  for (const [ngram, count] of left) matches += Math.min(count, right.get(ngram) ?? 0);
  return matches;
}
