import type { DetectorInput } from './detector-input.ts';
import type { Drawing } from './drawing.ts';
import { letterbox } from './letterbox.ts';

export interface TextDetectionInputOptions {
  /** The longer side of the sheet as the network sees it; default 4960, that of a standard sheet. */
  readonly longSide?: number | undefined;
  /** Written over and returned as `data` instead of new memory (207 MB for a standard sheet); its length must fit. */
  readonly into?: Float32Array | undefined;
}

const LONG_SIDE = 4960;

/**
 * The input of the text detection network: the whole cropped sheet, its longer side scaled up or down to 4960 pixels,
 * its sides padded with grey to multiples of 32. A standard sheet stays as it is.
 */
export function textDetectionInput(
  cropped: Drawing,
  { longSide = LONG_SIDE, into }: TextDetectionInputOptions = {},
): DetectorInput {
  const { toPicture, ...input } = letterbox(cropped, { longSide, into });
  return { ...input, toDrawing: toPicture };
}
