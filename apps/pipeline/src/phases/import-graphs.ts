import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { parseTopologyGraph, stringifyIndented } from '@arae/floorplan';
import type { FailedItem } from '@arae/progress';
import { readTextFile } from '@arae/progress';
import { drawingStem } from '@arae/sampling';
import { readSampledStems } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { failureGate } from './failure-gate.ts';
import { listGraphs } from './list-graphs.ts';
import { saveProgress } from './save-progress.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/**
 * Phase 1 with `--import`: takes ready graphs, byte for byte, after checking each against the schema. With a sample only its
 * drawings are taken and the missing ones are listed; without one, the sample is all the graphs that are there.
 */
export async function runImportGraphs(context: RunContext): Promise<PhaseSummary> {
  const { config, folder, display, clock } = context;
  if (config.topology.importDir === null) {
    throw new UsageError(
      'phase1 needs ready graphs: give --import DIR, or set "topology.importDir" in the configuration',
    );
  }
  /** What a run of the networks left beside a graph says nothing about an imported one. */
  const removeTracesOfNetworks = async (stem: string): Promise<void> => {
    for (const path of [folder.provenance(stem), folder.overlay(stem)]) await rm(path, { force: true });
  };
  const files = await listGraphs(config.topology.importDir);
  const graphs = new Map(files.map(({ stem, path }) => [comparable(stem), path]));
  return withFolderLock(context, 'phase1', async () => {
    const warnings: string[] = [];
    if (!existsSync(folder.sampledImages)) {
      warnings.push(`there was no sample: all ${graphs.size} graphs of the folder are it now`);
      await writeIfChanged(folder.sampledImages, stringifyIndented(files.map(({ stem }) => stem)));
    }
    const sampled = await readSampledStems(folder);
    const stems = sampled.slice(0, context.limit);
    const task = display.task('phase1 graphs', stems.length);
    const completed: string[] = [];
    const failed: FailedItem[] = [];
    const otherNames: string[] = [];
    for (const stem of stems) {
      if (context.stop.aborted) break;
      try {
        const fileName = await importGraph(graphs.get(comparable(stem)), folder.graph(stem));
        if (drawingStem(fileName) !== stem) otherNames.push(`${stem} (${fileName})`);
        await removeTracesOfNetworks(stem);
        completed.push(stem);
        task.done();
      } catch (error) {
        // A graph of an earlier import must not stand in for one that is broken now.
        await rm(folder.graph(stem), { force: true });
        await removeTracesOfNetworks(stem);
        const reason = (error as Error).message;
        failed.push({ id: stem, reason, attempts: 1, at: new Date(clock.now()).toISOString() });
        task.fail();
        display.log(`phase1: ${stem}: ${reason}`);
      }
    }
    task.finish();
    await saveProgress(folder.progress('cv_batch'), { completed, failed }, sampled);
    if (context.stop.aborted) throw new InterruptedError();

    const { exitCode, warning } = failureGate(failed.length, stems.length, config.maxFailedShare);
    return {
      phase: 'phase1',
      exitCode,
      figures: { graphs: completed.length, failed: failed.length },
      files: [`${folder.outputFolder}/*/topology_graph.json`, folder.progress('cv_batch')],
      warnings: [
        ...warnings,
        ...(warning === null ? [] : [warning]),
        ...(otherNames.length === 0
          ? []
          : [`${otherNames.length} graphs say they are of another drawing, for instance ${otherNames[0]}`]),
      ],
    };
  });
}

/** One spelling of Hangul: macOS takes its syllables apart in file names, other systems do not. */
function comparable(stem: string): string {
  return stem.normalize('NFC');
}

/** Checks and copies one graph; returns the file name that it says it is of. */
async function importGraph(source: string | undefined, target: string): Promise<string> {
  if (source === undefined) throw new Error('there is no graph of this drawing in the import folder');
  const text = await readTextFile(source);
  const graph = parseTopologyGraph(text);
  await writeIfChanged(target, text);
  return graph.image_info.file_name;
}
