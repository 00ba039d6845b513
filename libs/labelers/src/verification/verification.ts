import type { FloorPlanAnalysis } from '@arae/floorplan';
import type { LabelItem } from '../teachers/teacher.ts';

/** A claim of a label that its graph denies, in the words that the teacher is told. */
export interface Complaint {
  text: string;
  isSevere: boolean;
}

/** How labels are held against their graphs. The check itself is handed in: the labelers know nothing of metrics. */
export interface Verification {
  /** How often a label is sent back at most. */
  rounds: number;
  /** Deterministic, or a label could not be made again from the journal. */
  complaintsAbout(analysis: FloorPlanAnalysis, item: LabelItem): readonly Complaint[];
}

/** What was found in the label of one round. */
export interface VerifiedRound {
  contradictions: number;
  severe: number;
}
