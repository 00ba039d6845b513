import { stat } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import { SamplingError, drawingStem, sampleDrawings } from '@arae/sampling';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { isSafeStem } from '../data-folder.ts';
import { listDrawings } from './list-drawings.ts';
import { listGraphs } from './list-graphs.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phase 0: draws the sample from the folder of drawings, or, without one, from the ready graphs that phase 1 will import. */
export async function runSample(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const files = await candidates(context);
  const tooSimilar = files.find(({ name }) => !isSafeStem(drawingStem(name)));
  if (tooSimilar !== undefined)
    throw new UsageError(`"${tooSimilar.name}" cannot be a folder name: rename the drawing`);
  const { stems, report } = sampleDrawings(files, {
    sampleSize: config.sampling.sampleSize,
    seed: config.sampling.seed,
    stratify: stratifyOf(config.sampling.stratify),
    sizeFences: config.sampling.sizeFences as Parameters<typeof sampleDrawings>[1]['sizeFences'] & {},
  });

  await withFolderLock(context, 'phase0', async () => {
    await writeIfChanged(folder.samplingReport, stringifyIndented(report));
    await writeIfChanged(folder.sampledImages, stringifyIndented(stems));
  });
  return {
    phase: 'phase0',
    exitCode: EXIT.done,
    figures: {
      drawings: report.files,
      sampled: stems.length,
      strata: report.strata.length,
      excluded: report.excluded.length,
      'stratified by': report.stratify.rule,
    },
    files: [folder.sampledImages, folder.samplingReport],
    warnings: [],
  };
}

async function candidates({ config }: RunContext): Promise<{ name: string; size: number }[]> {
  if (config.images !== null) {
    const drawings = await listDrawings(config.images);
    if (drawings.length === 0) {
      throw new UsageError(`${config.images} holds no .png drawings: check --images`);
    }
    return drawings;
  }
  if (config.topology.importDir !== null) {
    const graphs = await listGraphs(config.topology.importDir);
    return Promise.all(
      graphs.map(async ({ stem, path }) => ({ name: `${stem}.json`, size: (await stat(path)).size })),
    );
  }
  throw new UsageError('no folder of drawings: give --images DIR, or set "images" in the configuration');
}

function stratifyOf(setting: string): 'auto' | 'none' | RegExp {
  if (setting === 'auto' || setting === 'none') return setting;
  try {
    return new RegExp(setting, 'u');
  } catch (error) {
    throw new SamplingError(`sampling.stratify is no regular expression: ${(error as Error).message}`, {
      code: 'bad-stratify',
    });
  }
}
