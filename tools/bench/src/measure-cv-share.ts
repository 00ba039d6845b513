import {
  classMapOf,
  createTextCorrector,
  cropToMultiple,
  decodeCrnn,
  decodeDrawing,
  decodeYolo,
  loadAggregator,
  objectAnnotations,
  objectInput,
  openModels,
  reducedPicture,
  segmentationInput,
  spaceAnnotations,
  structureAnnotations,
  textAnnotations,
  textBoxes,
  textCrop,
  textDetectionInput,
  textRecognitionInput,
} from '@arae/cv-inference';
import type { Aggregator, Detections, Models, NetworkName, Tensor } from '@arae/cv-inference';
import type { GeneratedSheet } from './generated-sheets.ts';
import { median } from './median.ts';
import { paintedRows, paintedScores } from './painted-outputs.ts';
import { Stopwatch } from './stopwatch.ts';

export const STAGES = ['decode and crop', 'inputs', 'postprocess', 'aggregate'] as const;
export type Stage = (typeof STAGES)[number];

export interface ShareMeasurement {
  /** Seconds a sheet, medians. */
  readonly stages: Readonly<Record<Stage, number>>;
  readonly networks: Readonly<Record<NetworkName, number>>;
  /** All stages of a sheet together, and all networks. */
  readonly nonNetwork: number;
  readonly network: number;
  /** The networks without text detection, which sees the sheet at its full size. */
  readonly networkWithoutTextDetection: number;
  /** What was found on the sheets, means: shows that the work was that of a real sheet. */
  readonly found: Readonly<Record<'obj' | 'ocr' | 'str' | 'spa', number>>;
}

const CROPS_AT_A_TIME = 16;

/**
 * One sheet after the other, nothing at the same time: what each stage takes. The networks have random weights and find
 * noise, so their outputs are replaced by painted ones of the same size before anything is made of them. The first
 * sheet is done once more beforehand, uncounted.
 */
export async function measureShare(
  manifestFile: string,
  sheets: readonly GeneratedSheet[],
): Promise<ShareMeasurement> {
  const models = await openModels(manifestFile, { lanes: 1 });
  try {
    const chain = { models, aggregator: await loadAggregator(), correct: createTextCorrector() };
    for (const sheet of sheets.slice(0, 1)) await analyse(sheet, chain);
    const done: Awaited<ReturnType<typeof analyse>>[] = [];
    for (const sheet of sheets) done.push(await analyse(sheet, chain));
    const middle = <Name extends string>(names: readonly Name[], of: (name: Name, index: number) => number) =>
      Object.fromEntries(names.map((name) => [name, median(done.map((_, index) => of(name, index)))]));
    const seconds = (index: number, name: string) => done[index]?.watch.seconds(name) ?? NaN;
    const names = Object.keys(models.manifest.networks) as NetworkName[];
    const sum = (wanted: readonly string[]) =>
      median(done.map(({ watch }) => wanted.reduce((total, name) => total + watch.seconds(name), 0)));
    return {
      stages: middle(STAGES, (name, index) => seconds(index, name)) as Record<Stage, number>,
      networks: middle(names, (name, index) => seconds(index, name)) as Record<NetworkName, number>,
      nonNetwork: sum(STAGES),
      network: sum(names),
      networkWithoutTextDetection: sum(names.filter((name) => name !== 'textDetection')),
      found: Object.fromEntries(
        (['obj', 'ocr', 'str', 'spa'] as const).map((list) => [
          list,
          done.reduce((total, { found }) => total + found[list].length, 0) / done.length,
        ]),
      ) as ShareMeasurement['found'],
    };
  } finally {
    await models.close();
  }
}

interface Chain {
  readonly models: Models;
  readonly aggregator: Aggregator;
  readonly correct: (text: string) => string;
}

async function analyse({ file, fileName, detections }: GeneratedSheet, chain: Chain) {
  const { networks } = chain.models.manifest;
  const watch = new Stopwatch();
  const run = (network: NetworkName, data: Float32Array, dims: readonly number[]): Promise<Tensor> => {
    const input = { data: data as Float32Array<ArrayBuffer>, dims };
    return watch.measureAsync(network, () => chain.models.backend.run(network, input));
  };

  const { drawing, cropped } = await watch.measureAsync('decode and crop', async () => {
    const drawing = await decodeDrawing(file);
    return { drawing, cropped: cropToMultiple(drawing, 32) };
  });
  const inputs = watch.measure('inputs', () => {
    const reduced = reducedPicture(cropped, networks.objects.input.sheet);
    return {
      structures: segmentationInput(cropped, { reduced }),
      spaces: segmentationInput(cropped, { reduced }),
      objects: objectInput(cropped, { reduced }),
      texts: textDetectionInput(cropped),
    };
  });

  const segmented = async (
    network: 'structures' | 'spaces',
    areas: Detections['spa'] | Detections['str'],
  ) => {
    const { data, ...place } = inputs[network];
    const { classes, output } = networks[network];
    const activation = output.kind === 'scores' ? 'none' : output.activation;
    await run(network, data, [1, 3, place.height, place.width]);
    const scores = paintedScores(areas, place, classes);
    return watch.measure('postprocess', () => {
      const map = classMapOf(scores, { ...place, channels: classes.length, activation });
      return network === 'spaces'
        ? spaceAnnotations(map, place, classes)
        : structureAnnotations(map, place, classes);
    });
  };
  const str = await segmented('structures', detections.str);
  const spa = await segmented('spaces', detections.spa);

  const detected = async (
    network: 'objects' | 'textDetection',
    boxes: Detections['obj'] | Detections['ocr'],
  ) => {
    const { data, width, height, toDrawing } = network === 'objects' ? inputs.objects : inputs.texts;
    const categories = network === 'objects' ? networks.objects.classes : [21];
    const { dims } = await run(network, data, [1, 3, height, width]);
    const output = paintedRows(boxes, { toDrawing }, { rows: Number(dims[1]), categories });
    const { confidence, iou } = networks[network];
    return watch.measure('postprocess', () =>
      decodeYolo(output, { confidence, iou, classCount: categories.length }),
    );
  };
  const objectRows = await detected('objects', detections.obj);
  const obj = watch.measure('postprocess', () => objectAnnotations(objectRows, inputs.objects.toDrawing));
  const textRows = await detected('textDetection', detections.ocr);
  const boxes = watch.measure('postprocess', () => textBoxes(textRows, inputs.texts.toDrawing));

  const { vocabulary, filler } = networks.textRecognition;
  for (let start = 0; start < boxes.length; start += CROPS_AT_A_TIME) {
    const some = boxes.slice(start, start + CROPS_AT_A_TIME);
    const data = watch.measure('postprocess', () =>
      textRecognitionInput(some.map(({ corners }) => textCrop(cropped, corners))),
    );
    const output = await run('textRecognition', data, [some.length, 3, 60, 250]);
    const [steps = 0, batch = 0, symbols = 0] = output.dims;
    // Its symbols are noise: read them for the time that takes, and go on with the texts that stand there.
    watch.measure('postprocess', () =>
      decodeCrnn(output.data, { steps, batch, symbols, vocabulary, filler }),
    );
  }
  const written = boxes.map(({ corners }) => misread(nearestText(detections, corners)));
  const ocr = watch.measure('postprocess', () => textAnnotations(boxes, written.map(chain.correct)));

  const { width, height } = drawing;
  const found = { image_info: { file_name: fileName, width, height }, obj, ocr, str, spa };
  // Only the index signatures differ.
  watch.measure('aggregate', () => chain.aggregator.aggregate(found as unknown as Detections));
  return { watch, found };
}

function nearestText({ ocr }: Detections, [x, y]: readonly [number, number, number, number]): string {
  const distance = (bbox: Detections['ocr'][number]['bbox']) =>
    Math.hypot(Number(bbox?.[0]) - x, Number(bbox?.[1]) - y);
  const [nearest] = ocr.toSorted((one, other) => distance(one.bbox) - distance(other.bbox));
  return nearest?.attributes?.OCR ?? '';
}

/** Every text needs the lexicon then, which is the most that correction can cost. */
function misread(text: string): string {
  return text.length < 2 ? text : `${text.slice(0, -1)}먁`;
}
