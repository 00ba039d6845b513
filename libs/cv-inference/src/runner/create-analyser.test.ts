import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ModelsManifest } from '../networks/models-manifest.ts';
import { OutOfMemoryError } from '../networks/out-of-memory-error.ts';
import { readModelsManifest } from '../networks/read-models-manifest.ts';
import { drawBlocks } from '../testing/known-answer-drawing.ts';
import { KNOWN_ANSWER_MANIFEST } from '../testing/known-answer-models.ts';
import { createWaitingBackend } from '../networks/create-waiting-backend.ts';
import type { WaitingBackendOptions } from '../networks/create-waiting-backend.ts';
import { createAnalyser } from './create-analyser.ts';
import type { Analyser, AnalyserOptions } from './create-analyser.ts';
import type { DrawingJob, DrawingResult } from './drawing-job.ts';

const NO_WAIT = { objects: 0, textDetection: 0, textRecognition: 0, structures: 0, spaces: 0 };

let folder: string;
let file: string;
let manifest: ModelsManifest;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arae-'));
  file = join(folder, 'small.png');
  writeFileSync(file, await drawBlocks([], { width: 96, height: 64 }));
  ({ manifest } = await readModelsManifest(KNOWN_ANSWER_MANIFEST));
  // Small drawings would be enlarged to the size of a sheet.
  manifest.networks.textDetection.input = { width: 320, height: 224, layout: 'NCHW' };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(
  options: Partial<AnalyserOptions> = {},
  backend: Partial<WaitingBackendOptions> = {},
): Analyser {
  const analyser = createAnalyser({
    manifest,
    backend: createWaitingBackend({ networks: manifest.networks, waits: NO_WAIT, ...backend }),
    workers: 1,
    ...options,
  });
  onTestFinished(() => analyser.close());
  return analyser;
}

const jobs = (...names: readonly string[]): DrawingJob[] => names.map((id) => ({ id, file, fileName: id }));
const numbered = (count: number) => jobs(...Array.from({ length: count }, (_, index) => `${index}`));
const DYING = { workerEntry: new URL('../testing/dying-worker', import.meta.url) };

async function collect(results: AsyncIterable<DrawingResult>): Promise<DrawingResult[]> {
  const all: DrawingResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('createAnalyser', () => {
  it('has no more drawings under way than it was told, and waits for who takes the results', async () => {
    let begun = 0;
    function* counted() {
      for (const job of numbered(12)) {
        begun++;
        yield job;
      }
    }
    let taken = 0;
    for await (const result of start({ inFlight: 3, workers: 2 }).analyse(counted())) {
      expect(result).toMatchObject({ ok: true, attempts: 1 });
      await new Promise((resolve) => setTimeout(resolve, 10));
      taken++;
      expect(begun - taken).toBeLessThanOrEqual(3);
    }
    expect(taken).toBe(12);
  });

  it('tries a drawing again alone when memory runs out, then records it', async () => {
    // Every try of a drawing has a number of its own; the first new one after a release is a second try.
    const underWay: (number | undefined)[] = [];
    const seen = new Set<number | undefined>();
    const secondTries = new Set<number | undefined>();
    const besideSecondTries: number[] = [];
    let released = 0;
    let isNextSecond = false;
    const waiting = createWaitingBackend({ networks: manifest.networks, waits: { ...NO_WAIT, spaces: 5 } });
    let failures = 0;
    const backend = {
      ...waiting,
      release: () => {
        released++;
        isNextSecond = true;
        return Promise.resolve();
      },
      run: (async (network, input, options) => {
        const order = options?.order;
        if (!seen.has(order) && isNextSecond) {
          secondTries.add(order);
          isNextSecond = false;
        }
        seen.add(order);
        underWay.push(order);
        if (secondTries.has(order))
          besideSecondTries.push(underWay.filter((other) => other !== order).length);
        try {
          if (network === 'spaces' && failures < 3) {
            failures++;
            throw new OutOfMemoryError('network spaces: out of memory (CUDA failure 2)');
          }
          return await waiting.run(network, input);
        } finally {
          underWay.splice(underWay.indexOf(order), 1);
        }
      }) as typeof waiting.run,
    };
    const results = await collect(start({ backend, inFlight: 2 }).analyse(numbered(4)));
    expect(results).toHaveLength(4);
    // The first two find no room; one of them not even alone.
    expect(results.filter(({ attempts }) => attempts === 2)).toHaveLength(2);
    expect(results.filter(({ ok }) => !ok)).toMatchObject([
      { ok: false, attempts: 2, reason: 'network spaces: out of memory (CUDA failure 2)' },
    ]);
    expect(released).toBe(2);
    expect(secondTries.size).toBe(2);
    expect(besideSecondTries.length).toBeGreaterThan(2);
    expect(new Set(besideSecondTries)).toEqual(new Set([0]));
  });

  it('replaces a thread that dies; its drawings are tried once more, alone', async () => {
    const results = await collect(
      start({ ...DYING, inFlight: 3 }).analyse(jobs('a', 'kill', 'b', 'kill-once', 'c', 'd')),
    );
    const told = Object.fromEntries(
      results.map((result) => [result.id, result.ok ? result.text : result.reason]),
    );
    expect(told).toEqual({
      a: 'a',
      b: 'b',
      c: 'c',
      d: 'd',
      'kill-once': 'kill-once',
      kill: 'the drawing worker ended in the middle of its work: exit code 7',
    });
  });

  it('begins nothing more when stopped, and gives what is under way', async () => {
    const stop = new AbortController();
    const results: DrawingResult[] = [];
    const analysis = start({ ...DYING, inFlight: 2 }).analyse(numbered(50), { stop: stop.signal });
    for await (const result of analysis) {
      results.push(result);
      stop.abort();
    }
    expect(results.length).toBeGreaterThan(0);
    expect(results.length).toBeLessThanOrEqual(3);
  });

  it('throws the reason at once when aborted, and ends its threads', async () => {
    const abort = new AbortController();
    const analyser = start(DYING);
    const results = analyser.analyse(jobs('hang'), { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('dropped')), 30);
    await expect(results.next()).rejects.toThrow('dropped');
    await analyser.close();
  });

  it('reads the texts of a drawing together', async () => {
    const batches: number[] = [];
    const waiting = createWaitingBackend({ networks: manifest.networks, waits: NO_WAIT });
    const boxes = 37;
    const backend = {
      ...waiting,
      run: (async (network, input) => {
        if (network === 'textRecognition') batches.push(input.dims[0] as number);
        if (network !== 'textDetection') return waiting.run(network, input);
        const rows = Array.from({ length: boxes }, (_, index) => [100 * index + 50, 100, 40, 20, 1, 1]);
        return { data: Float32Array.from(rows.flat()), dims: [1, boxes, 6] };
      }) as typeof waiting.run,
    };
    await collect(start({ backend }).analyse(numbered(1)));
    expect(batches).toEqual([16, 16, 5]);
    batches.length = 0;
    await collect(start({ backend, canBatchTexts: false }).analyse(numbered(1)));
    expect(batches).toEqual(Array.from({ length: boxes }, () => 1));
  });

  it('refuses numbers that make no sense and rules that cannot be read', () => {
    expect(() => start({ inFlight: 0 })).toThrow('inFlight must be a whole number from 1, not 0');
    expect(() => start({ textRules: 'no rules' })).toThrow(/correction rules/);
  });
});
