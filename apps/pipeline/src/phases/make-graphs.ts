import { UsageError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';

/** Phase 1: takes ready graphs where a folder of them is given, else runs the networks over the drawings. */
export async function runMakeGraphs(context: RunContext): Promise<PhaseSummary> {
  const { topology, cv } = context.config;
  if (topology.importDir !== null) {
    return (await import('./import-graphs.ts')).runImportGraphs(context);
  }
  if (cv.models === null) {
    throw new UsageError(
      'phase1 needs networks or ready graphs: give --models FILE (models.json, "cv.models" in the configuration) or --import DIR ("topology.importDir")',
    );
  }
  return (await import('./run-networks.ts')).runNetworks(context, cv.models);
}
