import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseTopologyGraph } from '@arae/floorplan';
import type { FailedItem, Journal, ProgressTask } from '@arae/progress';
import { openJournal } from '@arae/progress';
import { InterruptedError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { sha256Of } from '../sha256-of.ts';
import { readInput } from '../tools/read-input.ts';
import { readCvRecords } from './cv-journal.ts';
import type { CvRecord } from './cv-journal.ts';
import type { CvProvenance, SentPicture } from './cv-provenance.ts';
import { failureGate } from './failure-gate.ts';
import { planDrawings } from './plan-drawings.ts';
import type { PlannedDrawing } from './plan-drawings.ts';
import { renderOverlay } from './render-overlay.ts';
import { saveProgress } from './save-progress.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Progress and journal of phase 1, whichever engine made the graphs. */
export const CV_PROGRESS = 'cv_batch';

export type EngineResult =
  | {
      readonly id: string;
      readonly ok: true;
      /** The exact content of `topology_graph.json`. */
      readonly text: string;
      readonly attempts: number;
      /** Where the engine got another picture than the drawing's file. */
      readonly sent?: SentPicture | undefined;
    }
  | { readonly id: string; readonly ok: false; readonly reason: string; readonly attempts: number };

/** What makes graphs of drawings, here or elsewhere. */
export interface DrawingEngine {
  /** Of the line of progress. */
  readonly taskName: string;
  /** What all graphs of the run come from; a drawing whose graph came from something else is run again. */
  readonly provenance: object;
  /** Every drawing once, in any order; at a stop those that were not begun may be left out. */
  analyse(
    drawings: readonly PlannedDrawing[],
    run: { readonly journal: Journal; readonly task: ProgressTask },
  ): AsyncIterable<EngineResult>;
  /** Of the summary, once all is over. */
  figures?(): PhaseSummary['figures'];
  warnings?(): string[];
}

/** Runs an engine over the sample: what the journal holds as done is not run again, every result lies on the disk at once. */
export async function runDrawings(
  context: RunContext,
  {
    engine,
    images,
    sampled,
  }: { readonly engine: DrawingEngine; readonly images: string; readonly sampled: readonly string[] },
): Promise<PhaseSummary> {
  const { config, folder, display, clock } = context;
  const plan = await planDrawings({
    stems: sampled.slice(0, context.limit),
    images,
    folder,
    provenance: engine.provenance,
    records: await readCvRecords(folder.journal(CV_PROGRESS)),
    retryFailed: context.retryFailed,
    stop: context.stop,
  });
  // What other settings once made must not stand in for a drawing that is given up with these.
  for (const { id } of plan.failed) await removeResults(id);
  for (const drawing of plan.done) await writeProvenance(drawing, drawing.sent);
  const completed = plan.done.map(({ id }) => id);
  const failed: FailedItem[] = plan.failed.map(({ id, reason, attempts, at }) => ({
    id,
    reason,
    attempts,
    at,
  }));
  const task = display.task(
    engine.taskName,
    completed.length + failed.length + plan.toRun.length + plan.missing.length,
    completed.length,
  );
  if (failed.length > 0) task.fail(failed.length);
  if (config.cv.overlay) for (const drawing of plan.done) await writeOverlayOf(drawing);

  const journal = await openJournal(folder.journal(CV_PROGRESS));
  const byId = new Map(plan.toRun.map((drawing) => [drawing.id, drawing]));
  try {
    for await (const result of engine.analyse(plan.toRun, { journal, task })) {
      await keep(result, byId.get(result.id) as PlannedDrawing, journal);
    }
    // A file that is not there has nothing to run and no key for the journal.
    for (const { id, reason } of plan.missing) fail(id, reason, 1);
  } finally {
    await journal.close();
    task.finish();
    await saveProgress(folder.progress(CV_PROGRESS), { completed, failed }, sampled);
  }
  if (context.stop.aborted) throw new InterruptedError();

  const asked = completed.length + failed.length;
  const { exitCode, warning } = failureGate(failed.length, asked, config.maxFailedShare);
  return {
    phase: 'phase1',
    exitCode,
    figures: {
      graphs: completed.length,
      'taken from the journal': plan.done.length,
      failed: failed.length,
      ...engine.figures?.(),
    },
    files: [`${folder.outputFolder}/*/topology_graph.json`, folder.progress(CV_PROGRESS)],
    warnings: [...(warning === null ? [] : [warning]), ...(engine.warnings?.() ?? [])],
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
  async function keep(result: EngineResult, drawing: PlannedDrawing, to: Journal): Promise<void> {
    const { id, key, file } = drawing;
    const { attempts } = result;
    if (!result.ok) {
      await removeResults(id);
      const at = now();
      await to.append({ type: 'failed', id, key, reason: result.reason, attempts, at } satisfies CvRecord);
      fail(id, result.reason, attempts, at);
      return;
    }
    const { text, sent } = result;
    await writeIfChanged(folder.graph(id), text);
    await writeProvenance(drawing, sent);
    if (config.cv.overlay) await writeOverlay(id, text, file);
    else await rm(folder.overlay(id), { force: true });
    const graph = sha256Of(text);
    await to.append({ type: 'done', id, key, graph, attempts, sent, at: now() } satisfies CvRecord);
    completed.push(id);
    task.done();
  }

  async function writeProvenance(
    { id, fileName, sha256 }: PlannedDrawing,
    sent: SentPicture | undefined,
  ): Promise<void> {
    const own: CvProvenance = {
      drawing: { file: fileName, sha256, ...(sent === undefined ? {} : { sent }) },
      ...engine.provenance,
    };
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
