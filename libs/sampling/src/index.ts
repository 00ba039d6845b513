export { sampleDrawings, type SampleOptions, type SamplingReport } from './sample-drawings.ts';
export { SamplingError, type SamplingErrorCode, type SamplingErrorData } from './sampling-error.ts';
export type { DrawingFile } from './read-drawings.ts';
export type { SizeFences, SizeReport } from './drop-extreme-sizes.ts';
export type { Stratify } from './group-by-name.ts';
export type { Stratum } from './allocate-quotas.ts';
export { drawingStem } from './drawing-stem.ts';
