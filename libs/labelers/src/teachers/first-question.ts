import type { FollowUp } from './teacher.ts';

/** The prompt alone, with the output limit as it is set. */
export const FIRST_QUESTION: FollowUp = { turns: [], outputFactor: 1 };
