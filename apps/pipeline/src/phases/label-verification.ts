import type { Verification } from '@arae/labelers';
import { describeContradiction, findContradictions } from '@arae/quality-metrics';

/** Holds labels against their graphs for the labelers, which know nothing of that; null for no rounds. */
export function labelVerification(rounds: number): Verification | null {
  if (rounds === 0) return null;
  return {
    rounds,
    complaintsAbout: (analysis, { graph }) =>
      findContradictions(analysis, graph).map((contradiction) => ({
        text: describeContradiction(contradiction, analysis),
        isSevere: contradiction.severity === 'severe',
      })),
  };
}
