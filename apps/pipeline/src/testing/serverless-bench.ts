import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PhaseProgress } from '@arae/progress';
import { FAKE_KEY, FakeServerless, serveFake, type FakeServerlessOptions } from '@arae/runpod/testing';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { writeDrawings } from './drawings.ts';
import { generatedGraphs } from './plans.ts';
import { cli, startCli, temporaryFolder } from './test-workspace.ts';

/** One true graph, under the name of a temporary file, as a worker sees drawings. */
export async function aGraph(): Promise<object> {
  const folder = await generatedGraphs(1);
  const [path] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  const whole = JSON.parse(readFileSync(join(folder, path!), 'utf8')) as { image_info: object };
  return { ...whole, image_info: { ...whole.image_info, file_name: 'tmp_8f2.png' } };
}

/** A data folder with a sample, drawings, a fake queue on a port, and the command line as a user starts it. */
export async function startServerlessBench(
  count: number,
  options: Partial<FakeServerlessOptions> = {},
  bad: Record<string, Buffer> = {},
) {
  const graph = await aGraph();
  const root = temporaryFolder();
  const images = join(root, 'images');
  const data = join(root, 'data');
  writeDrawings(images, count);
  for (const [name, content] of Object.entries(bad)) writeFileSync(join(images, name), content);
  const stems = readdirSync(images).map((name) => name.replace(/\.png$/i, ''));
  mkdirSync(data);
  writeFileSync(join(data, 'sampled_images.json'), JSON.stringify(stems.sort()));
  const fake = new FakeServerless({
    work: () => ({ output: { topology_json: graph } }),
    executionMs: 30,
    ...options,
  });
  const served = await serveFake(fake.fetch, () => {
    fake.timeMs = Date.now();
  });
  onTestFinished(() => served.close());
  const env = (extra: Record<string, string> = {}) => ({
    RUNPOD_API_KEY: FAKE_KEY,
    RUNPOD_ENDPOINT_ID: 'ep1',
    ARAE_PIPELINE_CV__RUNPOD: JSON.stringify({ baseURL: served.url, pollMs: 20, pricePerSecond: 0.01 }),
    ARAE_PIPELINE_MAX_FAILED_SHARE: '0.9',
    ...extra,
  });
  const args = ['phase1', '--engine', 'runpod-serverless', '--images', images, '--data', data];
  const journalFile = join(data, 'progress/cv_batch_journal.jsonl');
  return {
    fake,
    graph,
    images,
    data,
    run: (extra: Record<string, string> = {}, ...flags: string[]) =>
      cli([...args, '--json', ...flags], { env: env(extra) }),
    start: (extra: Record<string, string> = {}) => startCli(args, { env: env(extra) }),
    figures: (stdout: string) => (JSON.parse(stdout) as { figures: Record<string, number> }).figures,
    records: (type: string) =>
      existsSync(journalFile)
        ? readFileSync(journalFile, 'utf8')
            .split('\n')
            .filter((line) => line.startsWith(`{"type":"${type}"`))
        : [],
    failures: () =>
      (JSON.parse(readFileSync(join(data, 'progress/cv_batch_progress.json'), 'utf8')) as PhaseProgress)
        .failed,
    output: (stem: string, file = 'topology_graph.json') =>
      JSON.parse(readFileSync(join(data, 'output', stem, file), 'utf8')) as Record<string, unknown>,
    graphs: () => (existsSync(join(data, 'output')) ? readdirSync(join(data, 'output')) : []),
    /** Everything that was written anywhere. */
    written: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('\n'),
  };
}

/** Noise: nothing makes it small but JPEG. */
export function noisePng(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'white', noise } })
    .png()
    .toBuffer();
}

/** Waits for what must come; the limit only keeps a failing test from hanging. */
export async function until(check: () => boolean, limitMs = 60_000): Promise<void> {
  for (const end = Date.now() + limitMs; !check();) {
    if (Date.now() > end) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
