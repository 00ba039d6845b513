export { madeUpDrawings, measureSampling } from './measure-sampling.ts';
export { sideBySide, type Candidate, type Measurement } from './side-by-side.ts';
