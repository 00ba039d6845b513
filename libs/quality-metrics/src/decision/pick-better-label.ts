import type { GroundedLabel } from '../grounding/ground-label.ts';

/** The label of one teacher about a plan, held against the graph. */
export interface LabelOption {
  teacher: string;
  grounded: Pick<GroundedLabel, 'severe' | 'contradictions'>;
}

export interface BetterLabel<T extends LabelOption> {
  chosen: T;
  /** Labels that the graph denies more of, worst last; those that stand as well as the chosen one are not among them. */
  rejected: T[];
}

/**
 * The label with the fewest severe contradictions, then with the fewest of all; among equals the one that comes first, so the order
 * of the options is the preference. Null without any.
 */
export function pickBetterLabel<T extends LabelOption>(options: readonly T[]): BetterLabel<T> | null {
  const ranked = options.toSorted(compareGrounding);
  const [chosen] = ranked;
  if (chosen === undefined) return null;
  return { chosen, rejected: ranked.filter((option) => compareGrounding(chosen, option) < 0) };
}

function compareGrounding({ grounded: a }: LabelOption, { grounded: b }: LabelOption): number {
  return a.severe - b.severe || a.contradictions.length - b.contradictions.length;
}
