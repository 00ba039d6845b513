import type { ManualSummary, PairDifference, Proportion } from '@arae/quality-metrics';
import { wilsonInterval } from '@arae/quality-metrics';
import type { TeacherComparison } from './compare-teachers.ts';

/** Pairs of teachers of which this sample cannot tell whether they count as equal. */
export function openDifferences({ teachers, differences }: TeacherComparison): PairDifference[] {
  const names = new Set(teachers.flatMap(({ kind, name }) => (kind === 'teacher' ? [name] : [])));
  return differences.filter(
    ({ first, second, verdict }) => verdict === 'open' && names.has(first) && names.has(second),
  );
}

/** Teachers that people clearly (by the whole interval) prefer to the winner, with their win rate against it. */
export function peopleAgainst(
  winner: string | null,
  summary: ManualSummary | null,
): { winner: string; winRate: Proportion }[] {
  return (summary?.pairs ?? []).flatMap(({ first, second, firstWins, secondWins }) => {
    if (first !== winner && second !== winner) return [];
    const wins = first === winner ? secondWins : firstWins;
    const winRate = wilsonInterval(wins, firstWins + secondWins);
    return winRate !== null && winRate.low > 0.5
      ? [{ winner: first === winner ? second : first, winRate }]
      : [];
  });
}
