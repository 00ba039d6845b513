import { UsageError } from '../errors.ts';
import { manifestOf } from './manifest-of.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';

/**
 * Phase 1: takes ready graphs where a folder of them is given, else runs the networks over the drawings, here or on RunPod's
 * serverless workers.
 */
export async function runMakeGraphs(context: RunContext): Promise<PhaseSummary> {
  const { topology, cv, images } = context.config;
  if (topology.importDir !== null) {
    return (await import('./import-graphs.ts')).runImportGraphs(context);
  }
  if (images === null) {
    throw new UsageError(
      'phase1 needs drawings or ready graphs: give --images DIR ("images" in the configuration) or --import DIR ("topology.importDir")',
    );
  }
  if (cv.engine === 'runpod-serverless') {
    return (await import('../serverless/run-serverless.ts')).runServerless(context, images);
  }
  if (cv.models === null) {
    context.display.log(
      'phase1: no manifest of networks is given, so the bundled compact ones are used (@arae/cv-models-compact); --models FILE takes others',
    );
  }
  return (await import('./run-networks.ts')).runNetworks(context, images, manifestOf(cv));
}
