export { generatedSheets, type GeneratedSheet } from './generated-sheets.ts';
export { madeUpSheets, STANDARD_SHEET } from './made-up-sheets.ts';
export { measureShare, STAGES, type ShareMeasurement, type Stage } from './measure-cv-share.ts';
export {
  measureMemory,
  measureProcessor,
  measureWaiting,
  type ProcessorMeasurement,
  type RatioMeasurement,
} from './measure-cv.ts';
