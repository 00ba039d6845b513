export interface Match {
  /** Index into the true ones. */
  readonly truth: number;
  /** Index into the found ones. */
  readonly found: number;
  readonly score: number;
}

/**
 * Pairs true things with found ones, each at most once: the best pair first, then the best of what is left. For
 * overlaps of at least 0.5 of things that do not overlap each other this is the only possible pairing.
 *
 * @param scoreOf 0…1
 * @param least pairs of a lower score are none
 */
export function matchThings<T, F>(
  truth: readonly T[],
  found: readonly F[],
  scoreOf: (truth: T, found: F) => number,
  least: number,
): Match[] {
  const candidates: Match[] = [];
  truth.forEach((a, i) => {
    found.forEach((b, j) => {
      const score = scoreOf(a, b);
      if (score >= least && score > 0) candidates.push({ truth: i, found: j, score });
    });
  });
  candidates.sort((a, b) => b.score - a.score || a.truth - b.truth || a.found - b.found);
  const matches: Match[] = [];
  const takenTruth = new Set<number>();
  const takenFound = new Set<number>();
  for (const match of candidates) {
    if (takenTruth.has(match.truth) || takenFound.has(match.found)) continue;
    takenTruth.add(match.truth);
    takenFound.add(match.found);
    matches.push(match);
  }
  return matches;
}
