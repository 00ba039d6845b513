import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAnalyser, openModels, parseCorrectionRules } from '@arae/cv-inference';
import type { DrawingResult, Models } from '@arae/cv-inference';
import { parseTopologyGraph } from '@arae/floorplan';
import type { FailedItem, Journal } from '@arae/progress';
import { openJournal } from '@arae/progress';
import { readSampledStems } from '../data-folder.ts';
import { InterruptedError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { readInput } from '../tools/read-input.ts';
import { readCvRecords } from './cv-journal.ts';
import type { CvRecord } from './cv-journal.ts';
import { provenanceOf } from './cv-provenance.ts';
import type { CvProvenance } from './cv-provenance.ts';
import { failureGate } from './failure-gate.ts';
import { readGpuMemory } from './gpu-memory.ts';
import { planDrawings } from './plan-drawings.ts';
import type { PlannedDrawing } from './plan-drawings.ts';
import { renderOverlay } from './render-overlay.ts';
import { saveProgress } from './save-progress.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';
import { sha256Of } from '../sha256-of.ts';

const PROGRESS = 'cv_batch';
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
      return await runBatch({ context, models, images, textRules, sampled });
    } finally {
      await models.close();
    }
  });
}

interface Batch {
  context: RunContext;
  models: Models;
  images: string;
  textRules: string | null;
  sampled: readonly string[];
}

async function runBatch({ context, models, images, textRules, sampled }: Batch): Promise<PhaseSummary> {
  const { config, folder, display, clock } = context;
  const { maxPixels, rules } = config.cv;
  const provenance = provenanceOf(models, { textRules, maxPixels, rules });
  const plan = await planDrawings({
    stems: sampled.slice(0, context.limit),
    images,
    folder,
    provenance,
    records: await readCvRecords(folder.journal(PROGRESS)),
    retryFailed: context.retryFailed,
    stop: context.stop,
  });
  // What other settings once made must not stand in for a drawing that is given up with these.
  for (const { id } of plan.failed) await removeResults(id);
  for (const drawing of plan.done) await writeProvenance(drawing);
  const completed = plan.done.map(({ id }) => id);
  const failed: FailedItem[] = plan.failed.map(({ id, reason, attempts, at }) => ({
    id,
    reason,
    attempts,
    at,
  }));
  const task = display.task(
    'phase1 networks',
    completed.length + failed.length + plan.toRun.length + plan.missing.length,
    completed.length,
  );
  if (failed.length > 0) task.fail(failed.length);
  if (config.cv.overlay) for (const drawing of plan.done) await writeOverlayOf(drawing);

  const journal = await openJournal(folder.journal(PROGRESS));
  const byId = new Map(plan.toRun.map((drawing) => [drawing.id, drawing]));
  const analyser = createAnalyser({
    manifest: models.manifest,
    backend: models.backend,
    canBatchTexts: models.canBatchTexts,
    textBatchSize: config.cv.textBatchSize,
    maxPixels,
    rules,
    ...(textRules === null ? {} : { textRules }),
    ...(config.cv.workers === null ? {} : { workers: config.cv.workers }),
    ...(config.cv.inFlight === null ? {} : { inFlight: config.cv.inFlight }),
  });
  try {
    const results = analyser.analyse(plan.toRun, { stop: context.stop, signal: context.abort });
    for await (const result of results) {
      const drawing = byId.get(result.id) as PlannedDrawing;
      await keep(result, drawing, journal);
      if (models.provider !== 'cpu' && (completed.length + failed.length) % GPU_LOOK_EVERY === 0) {
        const memory = await readGpuMemory();
        if (memory !== null) task.note(memory);
      }
    }
    // A file that is not there has nothing to run and no key for the journal.
    for (const { id, reason } of plan.missing) fail(id, reason, 1);
  } finally {
    await analyser.close();
    await journal.close();
    task.finish();
    await saveProgress(folder.progress(PROGRESS), { completed, failed }, sampled);
  }
  if (context.stop.aborted) throw new InterruptedError();

  const asked = completed.length + failed.length;
  const { exitCode, warning } = failureGate(failed.length, asked, config.maxFailedShare);
  return {
    phase: 'phase1',
    exitCode,
    figures: { graphs: completed.length, 'taken from the journal': plan.done.length, failed: failed.length },
    files: [`${folder.outputFolder}/*/topology_graph.json`, folder.progress(PROGRESS)],
    warnings: warning === null ? [] : [warning],
  };

  function now(): string {
    return new Date(clock.now()).toISOString();
  }

  function fail(id: string, reason: string, attempts: number, at = now()): void {
    failed.push({ id, reason, attempts, at });
    task.fail();
    display.log(`phase1: ${id}: ${reason}`);
  }

  /** The journal comes last: what it holds as done lies on the disk. */
  async function keep(result: DrawingResult, drawing: PlannedDrawing, to: Journal): Promise<void> {
    const { id, key, file } = drawing;
    const { attempts } = result;
    if (!result.ok) {
      await removeResults(id);
      const at = now();
      await to.append({ type: 'failed', id, key, reason: result.reason, attempts, at } satisfies CvRecord);
      fail(id, result.reason, attempts, at);
      return;
    }
    const { text } = result;
    await writeIfChanged(folder.graph(id), text);
    await writeProvenance(drawing);
    if (config.cv.overlay) await writeOverlay(id, text, file);
    else await rm(folder.overlay(id), { force: true });
    const graph = sha256Of(text);
    await to.append({ type: 'done', id, key, graph, attempts, at: now() } satisfies CvRecord);
    completed.push(id);
    task.done();
  }

  async function writeProvenance({ id, fileName, sha256 }: PlannedDrawing): Promise<void> {
    const own: CvProvenance = { drawing: { file: fileName, sha256 }, ...provenance };
    await writeIfChanged(folder.provenance(id), `${JSON.stringify(own, null, 2)}\n`);
  }

  /** A graph of an earlier run must not stand in for a drawing that fails now. */
  async function removeResults(id: string): Promise<void> {
    for (const path of [folder.graph(id), folder.provenance(id), folder.overlay(id)]) {
      await rm(path, { force: true });
    }
  }

  async function writeOverlayOf({ id, file }: PlannedDrawing): Promise<void> {
    await writeOverlay(id, await readInput(folder.graph(id), 'output'), file);
  }

  async function writeOverlay(id: string, text: string, file: string): Promise<void> {
    const drawing = pathToFileURL(resolve(file)).href;
    await writeIfChanged(folder.overlay(id), renderOverlay(parseTopologyGraph(text), { drawing }));
  }
}
