import { createAnalyser, openModels, parseCorrectionRules } from '@arae/cv-inference';
import type { Models } from '@arae/cv-inference';
import { readSampledStems } from '../data-folder.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { readInput } from '../tools/read-input.ts';
import { provenanceOf } from './cv-provenance.ts';
import { readGpuMemory } from './gpu-memory.ts';
import { runDrawings } from './run-drawings.ts';
import type { DrawingEngine } from './run-drawings.ts';
import { withFolderLock } from './with-folder-lock.ts';

/** Drawings between two looks at the GPU's memory. */
const GPU_LOOK_EVERY = 10;

/**
 * Phase 1 with networks: every drawing of the sample becomes a graph. What the journal holds as done with the same
 * networks, settings and content of the drawing is not run again.
 */
export async function runNetworks(
  context: RunContext,
  images: string,
  manifestFile: string,
): Promise<PhaseSummary> {
  const { config, display } = context;
  const { cv } = config;
  const textRules = cv.textRulesPath === null ? null : await readInput(cv.textRulesPath, 'cv.textRulesPath');
  // A fault in the rules is told before the networks are loaded.
  if (textRules !== null) parseCorrectionRules(textRules);
  return withFolderLock(context, 'phase1', async () => {
    const sampled = await readSampledStems(context.folder);
    const models = await openModels(manifestFile, {
      provider: cv.provider,
      releaseEvery: cv.releaseEvery,
      gpuLanes: cv.batchSize,
      ...(cv.lanes === null ? {} : { lanes: cv.lanes }),
    });
    try {
      display.log(`phase1: networks "${models.manifest.name}" on ${models.provider}`);
      if (models.providerNote !== null) display.log(`phase1: ${models.providerNote}`);
      return await runDrawings(context, {
        engine: networkEngine(context, models, textRules),
        images,
        sampled,
      });
    } finally {
      await models.close();
    }
  });
}

function networkEngine(
  { config: { cv }, stop, abort }: RunContext,
  models: Models,
  textRules: string | null,
): DrawingEngine {
  const { maxPixels, rules } = cv;
  return {
    taskName: 'phase1 networks',
    provenance: provenanceOf(models, { textRules, maxPixels, rules }),
    async *analyse(drawings, { task }) {
      const analyser = createAnalyser({
        manifest: models.manifest,
        backend: models.backend,
        canBatchTexts: models.canBatchTexts,
        textBatchSize: cv.textBatchSize,
        maxPixels,
        rules,
        ...(textRules === null ? {} : { textRules }),
        ...(cv.workers === null ? {} : { workers: cv.workers }),
        ...(cv.inFlight === null ? {} : { inFlight: cv.inFlight }),
      });
      try {
        let count = 0;
        for await (const result of analyser.analyse(drawings, { stop, signal: abort })) {
          yield result;
          if (models.provider !== 'cpu' && ++count % GPU_LOOK_EVERY === 0) {
            const memory = await readGpuMemory();
            if (memory !== null) task.note(memory);
          }
        }
      } finally {
        await analyser.close();
      }
    },
  };
}
