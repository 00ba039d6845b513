import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  KNOWN_ANSWER_MANIFEST,
  knownAnswerFiles,
  writeKnownAnswerModels,
} from '../testing/known-answer-models.ts';
import { COLOURS, segmentationGraph } from '../testing/known-answer-graphs.ts';
import { encodeOnnx } from '../testing/onnx-encoder.ts';
import { createHash } from 'node:crypto';
import type { OpenModelsOptions } from './open-models.ts';
import { openModels } from './open-models.ts';

interface Networks {
  networks: Record<string, Record<string, unknown>>;
}

async function modelsFolder(change: (manifest: Networks, folder: string) => void = () => undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'arae models 도면 '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await writeKnownAnswerModels(folder);
  const file = join(folder, 'models.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Networks;
  change(manifest, folder);
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}

async function open(file: string, options: OpenModelsOptions = {}) {
  const models = await openModels(file, { lanes: 1, ...options });
  onTestFinished(() => models.close());
  return models;
}

describe('openModels', () => {
  it('runs the known-answer models that the script writes', async () => {
    for (const [name, content] of Object.entries(knownAnswerFiles())) {
      const committed = readFileSync(join(dirname(KNOWN_ANSWER_MANIFEST), name));
      if (name.endsWith('.json')) {
        expect(JSON.parse(committed.toString())).toEqual(JSON.parse(new TextDecoder().decode(content)));
      } else {
        expect(committed.equals(content), name).toBe(true);
      }
    }
    const { backend, provider, providerNote, canBatchTexts } = await open(KNOWN_ANSWER_MANIFEST);
    expect({ provider, providerNote, canBatchTexts }).toEqual({
      provider: 'cpu',
      providerNote: null,
      canBatchTexts: true,
    });

    // Green, red, white: channel 0 is the living room, channel 1 the bedroom.
    const picture = Float32Array.of(0, 1, 1, /**/ 1, 0, 1, /**/ 0, 0, 1);
    const spaces = await backend.run('spaces', { data: picture, dims: [1, 3, 1, 3] });
    expect(spaces).toEqual({ data: Float32Array.of(1, 0, 0, /**/ 0, 1, 0), dims: [1, 2, 1, 3] });

    // Two cells side by side, the left one white, the right one black for three quarters.
    const cells = new Float32Array(3 * 20 * 40).fill(1);
    for (let row = 0; row < 60; row++) {
      if (row % 20 < 15) cells.fill(0, row * 40 + 20, row * 40 + 40);
    }
    const objects = await backend.run('objects', { data: cells, dims: [1, 3, 20, 40] });
    expect(objects.dims).toEqual([1, 2, 10]);
    expect([...objects.data]).toEqual([
      10, 10, 20, 20, 0, 1, 0, 0, 0, 0, 30, 10, 20, 20, 0.75, 1, 0, 0, 0, 0,
    ]);

    const crops = await backend.run('textRecognition', {
      data: new Float32Array(2 * 3 * 60 * 250).fill(1),
      dims: [2, 3, 60, 250],
    });
    expect(crops.dims).toEqual([25, 2, 6]);
  });

  it.each<[string, (manifest: Networks, folder: string) => void, RegExp]>([
    [
      'a missing file',
      ({ networks }) => void (networks['spaces']!['file'] = 'gone.onnx'),
      /network spaces: .*gone\.onnx: cannot be read \(ENOENT\): put the file/,
    ],
    [
      'another content',
      (_, folder) => writeFileSync(join(folder, 'objects.onnx'), 'x'),
      /network objects: .*objects\.onnx: has SHA-256 2d711642b726… where the manifest says/,
    ],
    [
      'more classes than the network has',
      ({ networks }) => void (networks['spaces']!['classes'] = [13, 14, 15]),
      /network spaces: .*output "scores" is float32 \[1, 2, height, width\] where float32 \[1, 3, 448, 640\] is needed: export it again/,
    ],
    [
      'a vocabulary of another length',
      ({ networks }) => void (networks['textRecognition']!['vocabulary'] = '-가나'),
      /network textRecognition: .*\[25, crops, 6\] where float32 \[any, any, 3 or 4\]/,
    ],
    [
      'an unknown field',
      ({ networks }) => void (networks['objects']!['treshold'] = 1),
      /models\.json: "networks\.objects": .*treshold/,
    ],
    [
      'another size',
      ({ networks }) => void (networks['objects']!['input'] = { width: 320, height: 250 }),
      /models\.json: "networks\.objects\.input\.height"/,
    ],
  ])('refuses %s in one line', async (_name, change, message) => {
    const failure = await open(await modelsFolder(change)).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: 'ModelsError', message: expect.stringMatching(message) as string });
    expect((failure as Error).message).not.toContain('\n');
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['no ONNX file', new TextEncoder().encode('not a network'), /cannot be loaded \(/],
    [
      'a fixed size that is another',
      encodeOnnx({
        ...segmentationGraph('s', [[COLOURS.green], [COLOURS.red]]),
        inputs: [{ name: 'images', shape: [1, 3, 64, 64] }],
        outputs: [{ name: 'scores', shape: [1, 2, 64, 64] }],
      }),
      /input "images" is float32 \[1, 3, 64, 64\] where float32 \[1, 3, 448, 640\]/,
    ],
  ])('refuses %s with the right SHA-256', async (_name, content, message) => {
    const file = await modelsFolder(({ networks }, folder) => {
      writeFileSync(join(folder, 'spaces.onnx'), content);
      networks['spaces']!['sha256'] = createHash('sha256').update(content).digest('hex');
    });
    await expect(open(file)).rejects.toThrow(message);
  });

  it('refuses a manifest that is missing, or is no JSON', async () => {
    await expect(open(join(tmpdir(), 'no-models.json'))).rejects.toThrow(
      /no-models\.json: cannot be read \(ENOENT\): check the path/,
    );
    const file = await modelsFolder();
    writeFileSync(file, '{');
    await expect(open(file)).rejects.toThrow(/models\.json: no JSON/);
  });

  it('never falls to another provider unless asked to choose, and then says what it took', async () => {
    await expect(open(KNOWN_ANSWER_MANIFEST, { provider: 'gpu' as never })).rejects.toThrow(
      'there is no execution provider "gpu": use cpu, cuda, webgpu, dml, auto',
    );
    if (process.platform !== 'linux') return;
    await expect(open(KNOWN_ANSWER_MANIFEST, { provider: 'dml' })).rejects.toThrow(
      /^execution provider dml cannot be loaded \(.+\): DirectML is on Windows only/,
    );
    const { provider, providerNote, backend } = await open(KNOWN_ANSWER_MANIFEST, { provider: 'auto' });
    expect(['cpu', 'cuda']).toContain(provider);
    expect(providerNote).toMatch(/^auto took c/);
    const result = await backend.run('spaces', { data: new Float32Array(3), dims: [1, 3, 1, 1] });
    expect(result.dims).toEqual([1, 2, 1, 1]);
    console.log(providerNote);
  });
});
