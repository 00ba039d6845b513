import { hasEnded, jobFault, RunpodError } from '@arae/runpod';
import type { EndedState, ServerlessClient, ServerlessJob } from '@arae/runpod';
import type { Journal, ProgressTask } from '@arae/progress';
import { cvRecordName } from '../phases/cv-journal.ts';
import type { PlannedDrawing } from '../phases/plan-drawings.ts';
import type { EngineResult } from '../phases/run-drawings.ts';
import type { RunContext } from '../run-context.ts';
import { createSlots } from './create-slots.ts';
import { inParallel } from './in-parallel.ts';
import { tallyNote } from './job-tally.ts';
import type { JobTally } from './job-tally.ts';
import { readWorkerGraph } from './read-worker-graph.ts';
import type { JobHistory, JobRecord } from './serverless-journal.ts';
import { submitDrawing } from './submit-drawing.ts';
import type { SubmitDrawingOptions } from './submit-drawing.ts';

/** Pictures decoded and sent at the same time: each takes hundreds of MB for a moment. */
const SUBMITTING = 4;
/** How long RunPod may be out of reach, and the wait between two looks then, in ms. Jobs go on meanwhile. */
const PATIENCE_MS = 600_000;
const OUTAGE_PAUSE_MS = 15_000;
/** Submissions of one drawing whose jobs vanish. */
const MAX_JOBS = 2;
/** Time for a cancel on the way out, in ms. */
const CANCEL_MS = 15_000;

export interface AnalyseOnServerlessOptions {
  readonly drawings: readonly PlannedDrawing[];
  readonly history: JobHistory;
  readonly client: ServerlessClient;
  readonly journal: Journal;
  readonly task: ProgressTask;
  /** Counted up as jobs go on. */
  readonly tally: JobTally;
  readonly context: Pick<RunContext, 'config' | 'clock' | 'display' | 'stop' | 'abort'>;
}

/**
 * One job per drawing, many at a time; open jobs of earlier runs are fetched first. At a stop jobs in the queue are cancelled
 * and those on workers, which are paid for, are waited for; at an abort all are cancelled.
 *
 * @throws RunpodError for what holds for all drawings; jobs under way stay in the journal
 */
export async function* analyseOnServerless(
  options: AnalyseOnServerlessOptions,
): AsyncGenerator<EngineResult> {
  const { drawings, history, client, journal, task, tally, context } = options;
  const { config, clock, display, stop, abort } = context;
  const { runpod, maxPixels } = config.cv;
  const fatal = new AbortController();
  /** Wakes whoever waits between two looks. */
  const awake = AbortSignal.any([stop, abort, fatal.signal]);
  /** Ends requests. */
  const ended = AbortSignal.any([abort, fatal.signal]);
  const inSlot = createSlots(SUBMITTING);
  let saidOutageAt: number | undefined;
  const submitting: SubmitDrawingOptions = {
    client,
    runpod,
    maxPixels,
    tally,
    write,
    pause,
    log: (line) => display.log(line),
    now,
    stop,
    ended,
  };

  const jobOf = ({ id, key }: PlannedDrawing) => history.open.get(cvRecordName(id, key));
  // What is paid for already comes first: its results are kept for half an hour only.
  const ordered = [...drawings].sort(
    (a, b) => Number(jobOf(b) !== undefined) - Number(jobOf(a) !== undefined),
  );
  const submitted = () => tally.queued + tally.working;
  try {
    yield* inParallel(ordered, runpod.inFlight, async (drawing) => {
      try {
        return await analyse(drawing);
      } catch (error) {
        if (fatal.signal.aborted || abort.aborted) return undefined;
        fatal.abort(error);
        throw error;
      }
    });
  } finally {
    if (fatal.signal.aborted && submitted() > 0) {
      display.log(
        `phase1: ${submitted()} jobs are still under way: the same command fetches them, within half an hour of their end`,
      );
    }
  }

  async function analyse(drawing: PlannedDrawing): Promise<EngineResult | undefined> {
    const { id, fileName } = drawing;
    const before = jobOf(drawing);
    let jobId = before?.job;
    let sent = before?.sent;
    let isFromBefore = jobId !== undefined;
    if (isFromBefore) tally.pickedUp++;
    for (let attempts = 1; ;) {
      let job: ServerlessJob | undefined;
      if (jobId === undefined) {
        if (stop.aborted) return undefined;
        const submission = await inSlot(() => submitDrawing(drawing, submitting));
        if (submission === undefined) return undefined;
        if ('reason' in submission) return { id, ok: false, reason: submission.reason, attempts };
        ({ job, sent } = submission);
        jobId = job.id;
      }
      const end = await follow(drawing, jobId, job);
      if (end === 'cancelled') return undefined;
      if (end === 'gone' || (end.status === 'CANCELLED' && isFromBefore)) {
        // Nothing is left of it: a new job, once.
        if (isFromBefore || attempts < MAX_JOBS) {
          if (!isFromBefore) attempts++;
          isFromBefore = false;
          jobId = undefined;
          continue;
        }
        const reason = `job ${jobId} vanished from the queue: look at the endpoint's workers and cv.runpod.ttlMs`;
        return { id, ok: false, reason, attempts };
      }
      const fault = jobFault(end);
      if (fault !== undefined) return { id, ok: false, reason: `job ${jobId} ${fault}`, attempts };
      try {
        return { id, ok: true, text: readWorkerGraph(end.output, fileName), attempts, sent };
      } catch (error) {
        return { id, ok: false, reason: `job ${jobId}: ${(error as Error).message}`, attempts };
      }
    }
  }

  /** To the job's end; `cancelled` where it was given up here. */
  async function follow(
    drawing: PlannedDrawing,
    jobId: string,
    first: ServerlessJob | undefined,
  ): Promise<ServerlessJob | 'gone' | 'cancelled'> {
    if (first === undefined) tally.queued++;
    let isWorking = false;
    const count = (job: ServerlessJob) => {
      if (isWorking || job.status === 'IN_QUEUE') return;
      isWorking = true;
      tally.queued--;
      tally.working++;
    };
    let job = first;
    let seenAt = clock.now();
    for (;;) {
      if (job !== undefined) {
        count(job);
        if (hasEnded(job)) break;
        task.note(tallyNote(tally, runpod.pricePerSecond));
        await pause(runpod.pollMs);
      }
      fatal.signal.throwIfAborted();
      if (abort.aborted) return await giveUp();
      try {
        const seen = await client.status(jobId, ended);
        if (seen === undefined) {
          await end('GONE', 0);
          return 'gone';
        }
        job = seen;
        seenAt = clock.now();
      } catch (error) {
        if (abort.aborted && !fatal.signal.aborted) return await giveUp();
        const isOutage = error instanceof RunpodError && error.code === 'unavailable';
        if (!isOutage || clock.now() - seenAt > PATIENCE_MS) throw error;
        sayOutage(error.message);
        await pause(OUTAGE_PAUSE_MS);
        continue;
      }
      if (stop.aborted && job.status === 'IN_QUEUE') return await giveUp();
    }
    await end(job.status as EndedState, job.executionTime ?? 0);
    return job;

    async function giveUp(): Promise<ServerlessJob | 'cancelled'> {
      const last = await client.cancel(jobId, AbortSignal.timeout(CANCEL_MS)).catch(() => null);
      if (last === null) {
        display.log(`phase1: job ${jobId} could not be cancelled and runs on: the same command fetches it`);
        return 'cancelled';
      }
      await end((last?.status ?? 'GONE') as EndedState, last?.executionTime ?? 0);
      // It may have been faster.
      return last?.status === 'COMPLETED' ? last : 'cancelled';
    }

    async function end(state: EndedState | 'GONE', executionMs: number): Promise<void> {
      if (isWorking) tally.working--;
      else tally.queued--;
      task.note(tallyNote(tally, runpod.pricePerSecond));
      // An earlier run saw it end, and was cut off before its graph was written.
      if (history.ended.has(jobId)) return;
      tally.jobs++;
      tally.executionMs += executionMs;
      const { id, key } = drawing;
      await write({ type: 'ended', id, key, job: jobId, state, executionMs, at: now() });
    }
  }

  /** Once for all jobs. */
  function sayOutage(words: string): void {
    if (saidOutageAt !== undefined && clock.now() - saidOutageAt < PATIENCE_MS) return;
    saidOutageAt = clock.now();
    display.log(`phase1: jobs go on, but cannot be looked at; it is tried again: ${words}`);
  }

  /** Until the time is over or somebody wants something; after a stop only an abort wakes. */
  async function pause(ms: number): Promise<void> {
    const signal = stop.aborted ? ended : awake;
    await clock.sleep(ms, signal).catch(() => undefined);
  }

  function write(record: JobRecord): Promise<void> {
    return journal.append(record);
  }

  function now(): string {
    return new Date(clock.now()).toISOString();
  }
}
