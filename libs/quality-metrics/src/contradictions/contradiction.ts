/** A claim of an analysis that its graph denies. */
export interface Contradiction {
  /** JSON Pointer into the analysis. */
  path: string;
  /** What the analysis says. */
  claim: unknown;
  /** What the graph says. */
  fact: unknown;
  /** `severe` decides a grade or a window, or invents a space. */
  severity: 'severe' | 'minor';
}
