import type { DetectorInput } from '../images/detector-input.ts';
import type { Drawing, Size } from '../images/drawing.ts';
import { objectInput } from '../images/object-input.ts';
import { reducedPicture } from '../images/reduced-picture.ts';
import { segmentationInput } from '../images/segmentation-input.ts';
import { textCrop } from '../images/text-crop.ts';
import { textDetectionInput } from '../images/text-detection-input.ts';
import { textRecognitionInput } from '../images/text-recognition-input.ts';
import type { NetworkSettings, Normalisation } from '../networks/models-manifest.ts';
import type { NetworkName } from '../networks/network-names.ts';
import type { Tensor } from '../networks/tensor.ts';
import { classMapOf } from '../postprocess/class-map.ts';
import { decodeYolo } from '../postprocess/decode-yolo.ts';
import type { DetectionRow } from '../postprocess/decode-yolo.ts';
import { objectAnnotations } from '../postprocess/object-annotations.ts';
import type { ObjectBoxAnnotation } from '../postprocess/object-annotations.ts';
import { spaceAnnotations } from '../postprocess/space-annotations.ts';
import { structureAnnotations } from '../postprocess/structure-annotations.ts';
import { textAnnotations, textBoxes } from '../postprocess/text-annotations.ts';
import type { TextBoxAnnotation } from '../postprocess/text-annotations.ts';
import { decodeCrnn } from '../text/decode-crnn.ts';
import { freeBuffer } from '../workers/free-buffer.ts';
import { normalise } from './normalise.ts';

export type RunNetwork = (network: NetworkName, input: Tensor) => Promise<Tensor>;

export interface DetectDrawingOptions {
  readonly networks: NetworkSettings;
  readonly run: RunNetwork;
  /** Corrects the spelling of a text. */
  readonly correct: (text: string) => string;
  /** Texts that go through the recogniser together, 1 or more. */
  readonly textBatchSize: number;
}

/** What the networks found on a drawing; the lists of `Detections`. */
export interface FoundOnDrawing {
  readonly obj: ObjectBoxAnnotation[];
  readonly ocr: TextBoxAnnotation[];
  readonly str: ReturnType<typeof structureAnnotations>;
  readonly spa: ReturnType<typeof spaceAnnotations>;
}

/**
 * Runs all networks on one drawing; those that do not need each other's results are asked at the same time.
 *
 * @param cropped the drawing cut to multiples of 32
 */
export async function detectDrawing(
  cropped: Drawing,
  options: DetectDrawingOptions,
): Promise<FoundOnDrawing> {
  const reduced = reducedPictures(cropped);
  // All are awaited even when one fails, so that nothing of a drawing is under way once it is given up.
  const asked = await Promise.allSettled([
    detectTexts(cropped, options),
    detectObjects(cropped, reduced, options),
    segment('structures', cropped, reduced, options),
    segment('spaces', cropped, reduced, options),
  ]);
  const failure = asked.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  const [ocr, obj, str, spa] = asked.map((result) => (result as PromiseFulfilledResult<unknown>).value);
  return { ocr, obj, str, spa } as FoundOnDrawing;
}

type Reduced = (size: Size) => Drawing;

/** Networks that see the sheet at the same size share the work. */
function reducedPictures(cropped: Drawing): Reduced {
  const made = new Map<string, Drawing>();
  return (size) => {
    const name = `${size.width}×${size.height}`;
    const picture = made.get(name) ?? reducedPicture(cropped, size);
    made.set(name, picture);
    return picture;
  };
}

async function detectTexts(cropped: Drawing, options: DetectDrawingOptions): Promise<TextBoxAnnotation[]> {
  const { networks, run, correct, textBatchSize } = options;
  const { input, normalisation, confidence, iou } = networks.textDetection;
  const seen = textDetectionInput(cropped, { longSide: Math.max(input.width, input.height) });
  const { toDrawing } = seen;
  const output = await run('textDetection', detectorTensor(seen, normalisation));
  const boxes = textBoxes(rowsOf(output, { confidence, iou, classCount: 1 }), toDrawing);

  const texts: string[] = [];
  for (let start = 0; start < boxes.length; start += textBatchSize) {
    const crops = boxes.slice(start, start + textBatchSize).map(({ corners }) => textCrop(cropped, corners));
    texts.push(...(await readTexts(crops, options)));
  }
  return textAnnotations(boxes, texts.map(correct));
}

async function readTexts(
  crops: readonly Uint8Array[],
  { networks, run }: DetectDrawingOptions,
): Promise<string[]> {
  const { input, normalisation, vocabulary, filler } = networks.textRecognition;
  const data = textRecognitionInput(crops, ofBytes(normalisation)) as Float32Array<ArrayBuffer>;
  const output = await run('textRecognition', { data, dims: [crops.length, 3, input.height, input.width] });
  const [steps = 0, batch = 0, symbols = 0] = output.dims;
  if (batch !== crops.length) {
    throw new Error(
      `network textRecognition: gave ${batch} texts for ${crops.length} crops: export it with an open number of crops, or set cv.textBatchSize to 1`,
    );
  }
  return decodeCrnn(output.data, { steps, batch, symbols, vocabulary, filler });
}

async function detectObjects(
  cropped: Drawing,
  reduced: Reduced,
  options: DetectDrawingOptions,
): Promise<ObjectBoxAnnotation[]> {
  const { input, normalisation, confidence, iou, classes } = options.networks.objects;
  const seen = objectInput(cropped, {
    reduced: reduced(input.sheet),
    longSide: Math.max(input.width, input.height),
  });
  const { toDrawing } = seen;
  const output = await options.run('objects', detectorTensor(seen, normalisation));
  return objectAnnotations(
    rowsOf(output, { confidence, iou, classCount: classes.length }),
    toDrawing,
    classes,
  );
}

async function segment(
  network: 'structures' | 'spaces',
  cropped: Drawing,
  reduced: Reduced,
  options: DetectDrawingOptions,
) {
  const { input, normalisation, output, classes } = options.networks[network];
  const { data, ...seen } = segmentationInput(cropped, {
    reduced: reduced(input.sheet),
    canvas: { width: input.width, height: input.height },
  });
  normalise(data, normalisation);
  const { width, height } = seen;
  const scores = await options.run(network, {
    data: data as Float32Array<ArrayBuffer>,
    dims: [1, 3, height, width],
  });
  const activation = output.kind === 'scores' ? 'none' : output.activation;
  const classMap = classMapOf(scores.data, { channels: classes.length, width, height, activation });
  freeBuffer(scores.data);
  return network === 'spaces'
    ? spaceAnnotations(classMap, seen, classes)
    : structureAnnotations(classMap, seen, classes);
}

function detectorTensor({ data, width, height }: DetectorInput, normalisation: Normalisation): Tensor {
  normalise(data, normalisation);
  return { data: data as Float32Array<ArrayBuffer>, dims: [1, 3, height, width] };
}

function rowsOf(
  { data }: Tensor,
  options: { confidence: number; iou: number; classCount: number },
): DetectionRow[] {
  const rows = decodeYolo(data, options);
  freeBuffer(data);
  return rows;
}

/** The same normalisation for values of 0 to 1. */
function ofBytes({ scale, mean, std }: Normalisation) {
  const share = (values: readonly [number, number, number]) =>
    values.map((value) => value / (255 * scale)) as [number, number, number];
  return { mean: share(mean), deviation: share(std) };
}
