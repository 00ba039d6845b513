export { madeUpSheets, STANDARD_SHEET } from './made-up-sheets.ts';
export { measureMemory, measureProcessor, measureWaiting, type RatioMeasurement } from './measure-cv.ts';
export { madeUpDrawings, measureSampling } from './measure-sampling.ts';
export { sideBySide, type Candidate, type Measurement } from './side-by-side.ts';
