import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createAnalyser, createWaitingBackend, openModels, readModelsManifest } from '@arae/cv-inference';
import type { Analyser, DrawingJob } from '@arae/cv-inference';
import { readMachineTime, shareOfOthers } from './machine-time.ts';
import { STANDARD_SHEET, madeUpSheets } from './made-up-sheets.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** Networks of a few operators: what they cost is nothing, beside everything else. */
const SMALL_MODELS = fileURLToPath(
  new URL('../../../libs/cv-inference/src/testing/models/models.json', import.meta.url),
);

export interface RatioMeasurement {
  readonly seconds: number;
  /** Seconds in relation to the bound that nothing can beat. */
  readonly ratio: number;
}

export interface ProcessorMeasurement extends RatioMeasurement {
  /** Share of the machine that others used meanwhile, 0 to 1: what they use, the ratio counts as lost. Null: not known. */
  readonly others: number | null;
}

/**
 * Networks that wait `waitMs` each without using the processor, one run of each at a time: wall time over the time that
 * the slowest stage waits.
 */
export function measureWaiting(sheets: number, waitMs: number): Promise<RatioMeasurement> {
  return inTemporaryFolder(async (folder) => {
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

/** Real networks on the processor: wall time over (processor time of this process ÷ cores). */
export function measureProcessor(sheets: number): Promise<ProcessorMeasurement> {
  return inTemporaryFolder(async (folder) => {
    const models = await openModels(SMALL_MODELS);
    try {
      const { manifest, backend } = models;
      const jobs = await madeUpSheets(folder, sheets, STANDARD_SHEET);
      const before = readMachineTime();
      const { seconds, processorSeconds } = await measured(() => createAnalyser({ manifest, backend }), jobs);
      return {
        seconds,
        ratio: seconds / (processorSeconds / availableParallelism()),
        others: shareOfOthers(before, readMachineTime(), processorSeconds),
      };
    } finally {
      await models.close();
    }
  });
}

/** Largest resident size of this process in MiB after so many small sheets; measure each count in its own process. */
export function measureMemory(sheets: number): Promise<number> {
  return inTemporaryFolder(async (folder) => {
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
