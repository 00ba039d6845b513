import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compactModelsManifest } from '@arae/cv-models-compact';
import type { TopologyGraph } from '@arae/floorplan';
import type { PhaseProgress } from '@arae/progress';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config/load-config.ts';
import { phaseFingerprint } from './nx/phase-fingerprint.ts';
import { KNOWN_ANSWER_MANIFEST, roomPng, writeDrawings } from './testing/drawings.ts';
import { cli, hashFiles, isRunRecord, startCli, temporaryFolder } from './testing/test-workspace.ts';

const hasCompactModels = existsSync(compactModelsManifest);
if (!hasCompactModels)
  console.warn(`skipped: the bundled compact networks (${compactModelsManifest} is missing)`);

interface Place {
  images: string;
  data: string;
  /** Small networks: a sheet of 640 px is not enlarged to 4960. */
  models: string;
}

/** Drawings in a folder with blanks and Hangul, and networks that see them small. */
async function prepare(
  count: number,
  bad: Record<string, Buffer> = {},
): Promise<Place & { stems: string[] }> {
  const root = temporaryFolder();
  const images = join(root, '도면 모음');
  writeDrawings(images, count);
  for (const [name, content] of Object.entries(bad)) writeFileSync(join(images, name), content);
  const models = smallModels(join(root, 'models'));
  const data = join(root, 'data');
  const sampled = await sample({ images, data, models });
  return { images, data, models, stems: sampled };
}

function smallModels(folder: string): string {
  cpSync(dirname(KNOWN_ANSWER_MANIFEST), folder, { recursive: true });
  const file = join(folder, 'models.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { networks: Record<string, object> };
  manifest.networks['textDetection'] = {
    ...manifest.networks['textDetection'],
    input: { width: 640, height: 448 },
  };
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}

async function sample({ images, data }: Place): Promise<string[]> {
  const env = { ARAE_PIPELINE_SAMPLING__SIZE_FENCES: '"none"' };
  const result = await cli(
    ['phase0', '--images', images, '--data', data, '--sample-size', `${readdirSync(images).length}`],
    { env },
  );
  expect(result.code, result.stderr).toBe(0);
  return JSON.parse(readFileSync(join(data, 'sampled_images.json'), 'utf8')) as string[];
}

const phase1 = ({ images, data, models }: Place, ...flags: string[]) =>
  cli(['phase1', '--images', images, '--data', data, '--models', models, '--provider', 'cpu', ...flags], {
    env: { ARAE_PIPELINE_MAX_FAILED_SHARE: '0.9' },
  });

const progressOf = (data: string) =>
  JSON.parse(readFileSync(join(data, 'progress/cv_batch_progress.json'), 'utf8')) as PhaseProgress;
const journalOf = (data: string) =>
  readFileSync(join(data, 'progress/cv_batch_journal.jsonl'), 'utf8').trim().split('\n');
const outputOf = (data: string, stem: string, file = 'topology_graph.json') =>
  join(data, 'output', stem, file);

describe('phase1 with networks', { timeout: 300_000 }, () => {
  it('makes graphs, provenance and overlays; runs again only what changed', async () => {
    const place = await prepare(3, {
      'cut.PNG': roomPng(64).subarray(0, 150),
      'text.png': Buffer.from('no picture'),
    });
    const first = await phase1(place, '--overlay', '--json');
    expect(first.code, first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      figures: { graphs: 3, 'taken from the journal': 0, failed: 2 },
    });
    const { completed, failed } = progressOf(place.data);
    expect(completed).toEqual(['plan_00', 'plan_01', 'plan_02']);
    expect(failed).toMatchObject([
      { id: 'cut', attempts: 1, reason: expect.stringMatching(/cut\.PNG: the picture is damaged/) as string },
      { id: 'text', attempts: 1, reason: expect.stringMatching(/text\.png: not a PNG/) as string },
    ]);
    expect(readdirSync(join(place.data, 'output')).sort()).toEqual(completed);

    const graph = JSON.parse(readFileSync(outputOf(place.data, 'plan_01'), 'utf8')) as TopologyGraph;
    expect(graph.image_info).toEqual({ file_name: 'plan_01.PNG', width: 640, height: 448 });
    expect(graph.nodes).toMatchObject([{ category_name: '공간_거실', label: '거실' }]);
    const provenance = JSON.parse(readFileSync(outputOf(place.data, 'plan_01', 'provenance.json'), 'utf8'));
    expect(provenance).toMatchObject({
      drawing: { file: 'plan_01.PNG' },
      models: {
        name: 'known-answer',
        networks: { spaces: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
      provider: 'cpu',
      rules: 'service',
    });
    expect(readFileSync(outputOf(place.data, 'plan_01', 'overlay.svg'), 'utf8')).toMatch(
      /<svg [^]*<polygon [^]*거실/,
    );

    // Nothing to do: the journal holds everything, failures too, until they are asked for.
    expect(JSON.parse((await phase1(place, '--overlay', '--json')).stdout)).toMatchObject({
      figures: { graphs: 3, 'taken from the journal': 3, failed: 2 },
    });
    expect(journalOf(place.data)).toHaveLength(5);
    await phase1(place, '--overlay', '--retry-failed');
    expect(journalOf(place.data)).toHaveLength(7);

    // A drawing changed, a graph was lost, a bad one is mended.
    writeFileSync(join(place.images, 'plan_00.PNG'), roomPng(400));
    rmSync(outputOf(place.data, 'plan_01'));
    writeFileSync(join(place.images, 'cut.PNG'), roomPng(64));
    expect(JSON.parse((await phase1(place, '--overlay', '--json')).stdout)).toMatchObject({
      figures: { graphs: 4, 'taken from the journal': 1, failed: 1 },
    });
    expect(journalOf(place.data)).toHaveLength(10);

    // With --limit only the first of the sample are looked at; the others keep their state.
    const limited = JSON.parse((await phase1(place, '--limit', '1', '--json')).stdout) as { figures: object };
    expect(limited.figures).toMatchObject({ failed: 0 });
    expect(progressOf(place.data).completed).toHaveLength(4);
  });

  it('refuses in one line what cannot be run, before any drawing is read', async () => {
    const place = await prepare(1);
    const refused = async (...args: string[]) => {
      const { code, stderr } = await cli(['phase1', '--data', place.data, ...args]);
      expect(code, stderr).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      return stderr;
    };
    const neither = /phase1 needs drawings or ready graphs: give --images DIR .* or --import DIR/;
    expect(await refused()).toMatch(neither);
    expect(await refused('--models', place.models)).toMatch(neither);
    expect(await refused('--images', place.images, '--models', 'no.json')).toMatch(
      /no\.json: cannot be read/,
    );
    if (process.platform === 'linux') {
      expect(await refused('--images', place.images, '--models', place.models, '--provider', 'dml')).toMatch(
        /execution provider dml cannot be loaded \(.*\): DirectML is on Windows only/,
      );
    }
    writeFileSync(join(dirname(place.models), 'spaces.onnx'), 'other');
    expect(await refused('--images', place.images, '--models', place.models)).toMatch(
      /spaces\.onnx: has SHA-256/,
    );
    expect(existsSync(join(place.data, 'output'))).toBe(false);
  });

  it.skipIf(!hasCompactModels)(
    'takes the bundled compact networks where none are named, and says so',
    async () => {
      const place = await prepare(1);
      const args = ['phase1', '--images', place.images, '--data', place.data, '--provider', 'cpu'];
      const { code, stderr } = await cli(args);
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(
        /no manifest of networks is given, so the bundled compact ones are used.*--models FILE/,
      );
      const { name, networks } = JSON.parse(readFileSync(compactModelsManifest, 'utf8')) as {
        name: string;
        networks: Record<string, { sha256: string }>;
      };
      expect(
        JSON.parse(readFileSync(outputOf(place.data, 'plan_00', 'provenance.json'), 'utf8')),
      ).toMatchObject({
        models: { name, networks: { spaces: networks['spaces']?.sha256 } },
      });
      // Named ones go before them.
      const named = await phase1(place);
      expect(named.stderr).toContain('networks "known-answer"');
      expect(named.stderr).not.toContain('bundled');
    },
  );

  it('keeps what is there when the drawings cannot be read, and nothing that other settings made', async () => {
    const place = await prepare(2);
    expect((await phase1(place)).code).toBe(0);
    const graph = readFileSync(outputOf(place.data, 'plan_00'), 'utf8');
    // Another folder by mistake, or a share that is away: failed, but nothing that was made is lost.
    const elsewhere = temporaryFolder();
    const wrong = await phase1({ ...place, images: elsewhere });
    expect(wrong.code).toBe(1);
    expect(progressOf(place.data).failed.map(({ id }) => id)).toEqual(['plan_00', 'plan_01']);
    expect(readFileSync(outputOf(place.data, 'plan_00'), 'utf8')).toBe(graph);
    // Settings with which a drawing was given up never show the graph of other settings.
    const strict = () =>
      cli(
        [
          'phase1',
          '--images',
          place.images,
          '--data',
          place.data,
          '--models',
          place.models,
          '--provider',
          'cpu',
        ],
        {
          env: { ARAE_PIPELINE_CV__MAX_PIXELS: '1000', ARAE_PIPELINE_MAX_FAILED_SHARE: '1' },
        },
      );
    await strict();
    expect((await phase1(place)).code).toBe(0);
    expect(existsSync(outputOf(place.data, 'plan_00'))).toBe(true);
    await strict();
    expect(existsSync(outputOf(place.data, 'plan_00'))).toBe(false);
    // A provenance that was lost is written again with the graph from the journal.
    await phase1(place);
    rmSync(outputOf(place.data, 'plan_00', 'provenance.json'));
    await phase1(place);
    expect(existsSync(outputOf(place.data, 'plan_00', 'provenance.json'))).toBe(true);
  });

  it('SIGKILL in the middle, several times: the files are those of an undisturbed run', async () => {
    const place = await prepare(24);
    const undisturbed = { ...place, data: join(dirname(place.data), 'undisturbed') };
    cpSync(place.data, undisturbed.data, { recursive: true });
    expect((await phase1(undisturbed, '--overlay')).code).toBe(0);

    const graphs = () => {
      const folder = join(place.data, 'output');
      if (!existsSync(folder)) return 0;
      return readdirSync(folder).filter((stem) => existsSync(outputOf(place.data, stem))).length;
    };
    const moments: number[] = [];
    for (const target of [1, 6, 13]) {
      const { images, data, models } = place;
      const args = ['--images', images, '--data', data, '--models', models, '--provider', 'cpu', '--overlay'];
      const child = startCli(['phase1', ...args]);
      const ended = once(child, 'exit');
      const deadline = Date.now() + 60_000;
      while (graphs() < target && child.exitCode === null && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      child.kill('SIGKILL');
      await ended;
      moments.push(graphs());
    }
    expect(moments[0]).toBeLessThan(24);
    const last = await phase1(place, '--overlay', '--json');
    expect(last.code, last.stderr).toBe(0);
    expect(JSON.parse(last.stdout)).toMatchObject({ figures: { graphs: 24, failed: 0 } });
    expect(hashFiles(place.data, isRunRecord)).toEqual(hashFiles(undisturbed.data, isRunRecord));
    console.log(`killed with ${moments.join(', ')} of 24 graphs written`);
  });

  it('has a fingerprint that covers the networks, the drawings and the settings that matter', async () => {
    const place = await prepare(2);
    const fingerprint = async (cv: object = {}) => {
      const flags = { images: place.images, cv: { models: place.models, ...cv } };
      return JSON.stringify(await phaseFingerprint('phase1', await loadConfig({ env: {}, flags }), {}));
    };
    const seen = [await fingerprint()];
    expect(await fingerprint({ workers: 3, lanes: 1, inFlight: 2, textBatchSize: 4 })).toBe(seen[0]);
    seen.push(await fingerprint({ rules: 'fixed' }));
    const drawing = join(place.images, 'plan_00.PNG');
    const bytes = readFileSync(drawing);
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(drawing, bytes);
    seen.push(await fingerprint());
    const manifest = readFileSync(place.models, 'utf8');
    writeFileSync(place.models, manifest.replace('"known-answer"', '"other"'));
    seen.push(await fingerprint());
    writeFileSync(join(dirname(place.models), 'spaces.onnx'), 'other');
    seen.push(await fingerprint());
    expect(new Set(seen).size).toBe(seen.length);
  });
});
