import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAnalyser, createWaitingBackend, openModels, readModelsManifest } from '@arae/cv-inference';
import type { Analyser, DrawingJob } from '@arae/cv-inference';
import { STANDARD_SHEET, madeUpSheets } from './made-up-sheets.ts';

/** Networks of a few operators: what they cost is nothing, beside everything else. */
const SMALL_MODELS = fileURLToPath(
  new URL('../../../libs/cv-inference/src/testing/models/models.json', import.meta.url),
);

export interface RatioMeasurement {
  readonly seconds: number;
  /** Seconds in relation to the bound that nothing can beat. */
  readonly ratio: number;
}

/**
 * Networks that wait `waitMs` each without using the processor, one run of each at a time: wall time over the time that
 * the slowest stage waits.
 */
export function measureWaiting(sheets: number, waitMs: number): Promise<RatioMeasurement> {
  return inFolder(async (folder) => {
    const { manifest } = await readModelsManifest(SMALL_MODELS);
    const waits = {
      objects: waitMs / 2,
      textDetection: waitMs,
      textRecognition: 0,
      structures: waitMs,
      spaces: waitMs,
    };
    const backend = createWaitingBackend({ networks: manifest.networks, waits });
    const jobs = await madeUpSheets(folder, sheets, STANDARD_SHEET);
    const { seconds } = await measured(() => createAnalyser({ manifest, backend }), jobs);
    return { seconds, ratio: seconds / ((sheets * waitMs) / 1000) };
  });
}

/**
 * Real networks on the processor: what the cores did for it and what they stood idle, over what they did. Alone on a
 * machine that is wall time over processor time shared among the cores; work of others does not count.
 */
export function measureProcessor(sheets: number): Promise<RatioMeasurement> {
  return inFolder(async (folder) => {
    const models = await openModels(SMALL_MODELS);
    try {
      const { manifest, backend } = models;
      const jobs = await madeUpSheets(folder, sheets, STANDARD_SHEET);
      const before = idleSeconds();
      const { seconds, processorSeconds } = await measured(() => createAnalyser({ manifest, backend }), jobs);
      return { seconds, ratio: (processorSeconds + idleSeconds() - before) / processorSeconds };
    } finally {
      await models.close();
    }
  });
}

/** Largest resident size of this process in MiB after so many small sheets; measure each count in its own process. */
export function measureMemory(sheets: number): Promise<number> {
  return inFolder(async (folder) => {
    const models = await openModels(SMALL_MODELS);
    try {
      const { manifest, backend } = models;
      manifest.networks.textDetection.input = { width: 1248, height: 896, layout: 'NCHW' };
      const jobs = await madeUpSheets(folder, sheets, { width: 1248, height: 896 });
      await measured(() => createAnalyser({ manifest, backend }), jobs);
      return process.resourceUsage().maxRSS / 1024;
    } finally {
      await models.close();
    }
  });
}

/** What all cores have stood idle since the machine was started. */
function idleSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle / 1000, 0);
}

async function measured(
  start: () => Analyser,
  jobs: readonly DrawingJob[],
): Promise<{ seconds: number; processorSeconds: number }> {
  const analyser = start();
  const began = process.hrtime.bigint();
  const usage = process.cpuUsage();
  try {
    for await (const result of analyser.analyse(jobs)) {
      if (!result.ok) throw new Error(`sheet ${result.id}: ${result.reason}`);
    }
    const { user, system } = process.cpuUsage(usage);
    return {
      seconds: Number(process.hrtime.bigint() - began) / 1e9,
      processorSeconds: (user + system) / 1e6,
    };
  } finally {
    await analyser.close();
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'arae-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
