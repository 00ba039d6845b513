import { stringifyIndented } from '@arae/floorplan';
import { SamplingError, drawingStem, sampleDrawings } from '@arae/sampling';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { isSafeStem } from '../data-folder.ts';
import { listCandidates } from './list-candidates.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phase 0: draws the sample from the folder of drawings, or, without one, from the ready graphs that phase 1 will import. */
export async function runSample(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const files = await listCandidates(config);
  const unusable = files.find(({ name }) => !isSafeStem(drawingStem(name)));
  if (unusable !== undefined)
    throw new UsageError(`"${unusable.name}" cannot be a folder name: rename the drawing`);
  const { stems, report } = sampleDrawings(files, {
    sampleSize: Math.min(config.sampling.sampleSize, context.limit ?? Infinity),
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
