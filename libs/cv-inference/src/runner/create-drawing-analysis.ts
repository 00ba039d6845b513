import type { GraphRules } from '@arae/floorplan';
import type { Detections } from '../detections/detections.ts';
import { cropToMultiple } from '../images/crop-to-multiple.ts';
import { decodeDrawing } from '../images/decode-drawing.ts';
import type { Aggregator } from '../load-aggregator.ts';
import type { NetworkSettings } from '../networks/models-manifest.ts';
import { parseCorrectionRules } from '../text/correction-rules.ts';
import { createTextCorrector } from '../text/create-text-corrector.ts';
import { freeBuffer } from '../workers/free-buffer.ts';
import { detectDrawing } from './detect-drawing.ts';
import type { FoundOnDrawing, RunNetwork } from './detect-drawing.ts';
import type { DetectionCounts } from './drawing-job.ts';

/** What all drawings of a run have in common; can be handed to another thread. */
export interface DrawingAnalysisSettings {
  readonly networks: NetworkSettings;
  /** Texts that go through the recogniser together, 1 or more. */
  readonly textBatchSize: number;
  /** Drawings of more pixels are refused; null: the decoder's own limit. */
  readonly maxPixels: number | null;
  /** The content of a rules file for texts; null: none. */
  readonly textRules: string | null;
  /** How the detections are read. */
  readonly rules: GraphRules;
}

export interface DrawingTask {
  readonly file: string;
  readonly fileName: string;
  /** Older drawings first at the networks. */
  readonly order: number;
  /** Whether it has the machine for itself, after memory ran out: then the texts go one by one. */
  readonly isAlone: boolean;
}

export interface DrawingAnalysis {
  readonly text: string;
  readonly counts: DetectionCounts;
}

/** From the file of a drawing to the text of its graph. */
export function createDrawingAnalysis(
  { networks, textBatchSize, maxPixels, textRules, rules }: DrawingAnalysisSettings,
  aggregator: Aggregator | Promise<Aggregator>,
): (task: DrawingTask, run: RunNetwork) => Promise<DrawingAnalysis> {
  const correct = createTextCorrector(textRules === null ? {} : { rules: parseCorrectionRules(textRules) });
  return async ({ file, fileName, isAlone }, run) => {
    const drawing = await decodeDrawing(file, maxPixels === null ? {} : { maxPixels });
    const { width, height } = drawing;
    const cropped = cropToMultiple(drawing, 32);
    if (cropped.rgb.buffer !== drawing.rgb.buffer) freeBuffer(drawing.rgb);
    let found: FoundOnDrawing;
    try {
      const size = isAlone ? 1 : textBatchSize;
      found = await detectDrawing(cropped, { networks, textBatchSize: size, correct, run });
    } finally {
      freeBuffer(cropped.rgb);
      freeBuffer(drawing.rgb);
    }
    const imageInfo = { file_name: fileName, width, height };
    // Only the index signatures differ.
    const detections = { image_info: imageInfo, ...found } as unknown as Detections;
    const { text } = (await aggregator).aggregate(detections, { rules });
    return {
      text,
      counts: {
        objects: found.obj.length,
        texts: found.ocr.length,
        structures: found.str.length,
        spaces: found.spa.length,
      },
    };
  };
}
