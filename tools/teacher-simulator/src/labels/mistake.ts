import type { FloorPlanAnalysis, PlanView, Random } from '@arae/floorplan';

/** One kind of false claim a teacher makes. */
export interface Mistake {
  name: string;
  /** Makes the claim in place; false when the plan gives no occasion for it, the analysis then being untouched. */
  apply(analysis: FloorPlanAnalysis, view: PlanView, random: Random): boolean;
}
