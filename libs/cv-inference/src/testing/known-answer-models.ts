import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  COLOURS,
  OBJECT_CELL,
  TEXT_BOX_WIDTH,
  TEXT_CELL,
  VOCABULARY,
  detectorGraph,
  recogniserGraph,
  segmentationGraph,
} from './known-answer-graphs.ts';
import { encodeOnnx } from './onnx-encoder.ts';

/** The manifest of the models beside this file. */
export const KNOWN_ANSWER_MANIFEST = fileURLToPath(new URL('./models/models.json', import.meta.url));

/** The files of the known-answer models, by name: five networks and their manifest. */
export function knownAnswerFiles(): Record<string, Uint8Array> {
  const models = {
    'objects.onnx': encodeOnnx(
      detectorGraph({
        name: 'objects',
        colour: COLOURS.black,
        cell: OBJECT_CELL,
        boxWidth: OBJECT_CELL,
        boxHeight: OBJECT_CELL,
        classCount: 5,
      }),
    ),
    'text-detection.onnx': encodeOnnx(
      detectorGraph({
        name: 'text-detection',
        colour: COLOURS.magenta,
        cell: TEXT_CELL,
        boxWidth: TEXT_BOX_WIDTH,
        boxHeight: TEXT_CELL,
        classCount: 1,
      }),
    ),
    'text-recognition.onnx': encodeOnnx(recogniserGraph()),
    'structures.onnx': encodeOnnx(
      segmentationGraph('structures', [[COLOURS.cyan, COLOURS.yellow], [COLOURS.blue], [COLOURS.black]]),
    ),
    'spaces.onnx': encodeOnnx(
      segmentationGraph('spaces', [
        [COLOURS.green, COLOURS.cyan, COLOURS.blue],
        [COLOURS.red, COLOURS.yellow],
      ]),
    ),
  };
  const of = (file: keyof typeof models) => ({
    file,
    sha256: createHash('sha256').update(models[file]).digest('hex'),
  });
  const manifest = {
    version: 1,
    name: 'known-answer',
    networks: {
      objects: of('objects.onnx'),
      textDetection: of('text-detection.onnx'),
      textRecognition: {
        ...of('text-recognition.onnx'),
        normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
        vocabulary: VOCABULARY,
      },
      structures: of('structures.onnx'),
      spaces: { ...of('spaces.onnx'), classes: [13, 14] },
    },
  };
  return { ...models, 'models.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) };
}

/** Writes the known-answer models into a folder. */
export async function writeKnownAnswerModels(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(knownAnswerFiles()))
    await writeFile(join(folder, name), content);
}
