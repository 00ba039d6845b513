import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRandom, loadPromptPack, stringifyIndented } from '@arae/floorplan';
import type { PromptPack } from '@arae/floorplan';
import {
  costOf,
  createProviderGate,
  labelItems,
  loadPriceBook,
  openLabelJournal,
  parseAnswer,
} from '@arae/labelers';
import type { LabelEvent, LabelItem, LabelJournal, LabelOutcome, PriceBook, Teacher } from '@arae/labelers';
import { formatDuration } from '@arae/progress';
import type { FailedItem } from '@arae/progress';
import { findContradictions } from '@arae/quality-metrics';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { createTeacher, teacherSettings } from './create-teacher.ts';
import type { SimulatedEndpoint } from './create-teacher.ts';
import { describeEstimate, estimateLabels } from './estimate-labels.ts';
import { failureGate } from './failure-gate.ts';
import { readLabelCalls } from './label-calls.ts';
import type { LabelCall, LabelCalls } from './label-calls.ts';
import { loadLabelItem } from './load-label-item.ts';
import { saveProgress } from './save-progress.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { startSimulator } from './start-simulator.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phases 3a and 3b: one teacher labels every drawing that has a graph and a context. */
export async function runLabel(teacherName: string, context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  // Everything that can be wrong is found before anything starts.
  const settings = teacherSettings(teacherName, config);
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const prices = await loadPriceBook(config.labeling.priceBookPath ?? undefined);
  const sampled = await readSampledStems(folder);
  const ready = sampled.filter((stem) => isReady(stem, folder));
  if (ready.length === 0) {
    throw new UsageError(
      `no drawing of the sample has both graph and context in ${folder.outputFolder}: run phase2 first`,
    );
  }
  const simulator =
    context.simulate && settings.provider !== 'rule-based' ? await startSimulator(config.simulator) : null;
  try {
    const teacher = createTeacher(teacherName, config, context.env, simulator);
    const run = { teacher, pack, prices, context, simulator };
    return await withFolderLock(context, `phase3-${teacherName}`, () =>
      labelAll(run, ready.slice(0, context.limit), sampled),
    );
  } finally {
    await simulator?.close();
  }
}

function isReady(stem: string, folder: DataFolder): boolean {
  return existsSync(folder.graph(stem)) && existsSync(folder.context(stem));
}

interface LabelRun {
  teacher: Teacher;
  pack: PromptPack;
  prices: PriceBook;
  context: RunContext;
  simulator: SimulatedEndpoint | null;
}

async function labelAll(
  run: LabelRun,
  stems: readonly string[],
  sampled: readonly string[],
): Promise<PhaseSummary> {
  const { teacher, context } = run;
  const { config, folder, display } = context;
  const warnings = await checkModel(run);
  const notReady = sampled.filter((stem) => !isReady(stem, folder)).length;
  if (notReady > 0)
    warnings.push(`${notReady} drawings of the sample lack graph or context and were not asked for`);

  const journal = await openLabelJournal(folder.journal(teacher.name));
  if (journal.damagedLines > 0) {
    warnings.push(
      `${folder.journal(teacher.name)} has ${journal.damagedLines} unreadable lines (cut by a kill); they are kept and passed over`,
    );
  }
  const collector = createCollector(run);
  let stopped: Error | null = null;
  try {
    if (teacher.isPaid && run.simulator === null) {
      display.log(describeEstimate(await estimateLabels(run, journal, stems)));
    }
    let rest = stems;
    if (context.pilot !== undefined) {
      await labelStems(run, journal, stems.slice(0, context.pilot), collector);
      rest = stems.slice(context.pilot);
      if (rest.length > 0 && !(await confirmAfterPilot(context, collector, rest.length))) {
        warnings.push(
          `stopped after the pilot of ${context.pilot}: run again without --pilot to label the rest`,
        );
        rest = [];
      }
    }
    await labelStems(run, journal, rest, collector);
  } catch (error) {
    stopped = error as Error;
  } finally {
    await journal.close();
  }

  const { completed, failed, calls, totals } = collector;
  await saveProgress(folder.progress(teacher.name), { completed, failed }, sampled);
  await saveCalls(run, calls, sampled);
  if (context.stop.aborted) throw new InterruptedError();
  if (stopped !== null) throw stopped;

  const { exitCode, warning } = failureGate(
    failed.length,
    completed.length + failed.length,
    config.maxFailedShare,
  );
  if (warning !== null) warnings.push(warning);
  if (totals.unpriced > 0)
    warnings.push(`the price book has no price for ${teacher.model}: the cost is not known`);
  return {
    phase: `phase3 ${teacher.name}`,
    exitCode,
    figures: {
      labelled: completed.length,
      failed: failed.length,
      'from journal': totals.fromJournal,
      model: run.simulator === null ? teacher.model : `${teacher.model} (simulated)`,
      'answers paid': totals.answers,
      repaired: totals.repaired,
      contradictions: totals.contradictions,
      'cost USD': totals.unpriced > 0 ? null : Number(totals.costUsd.toFixed(4)),
    },
    files: [`${folder.outputFolder}/*/llm_analysis_${teacher.name}.json`, folder.journal(teacher.name)],
    warnings,
  };
}

/** Writes what the labels took; items that this run did not touch keep their entry. */
async function saveCalls(
  { teacher, pack, prices, context: { folder } }: LabelRun,
  calls: ReadonlyMap<string, LabelCall>,
  sampled: readonly string[],
): Promise<void> {
  const path = folder.calls(teacher.name);
  const previous = (await readLabelCalls(path))?.items ?? {};
  const items: LabelCalls['items'] = {};
  for (const stem of sampled) {
    const call = calls.get(stem) ?? previous[stem];
    if (call !== undefined) items[stem] = call;
  }
  await writeIfChanged(
    path,
    stringifyIndented({
      teacher: teacher.name,
      model: teacher.model,
      prompt_pack: { name: pack.name, version: pack.version, hash: pack.hash },
      price_book_date: prices.date,
      items,
    } satisfies LabelCalls),
  );
}

/** Looks the model up before the first item, and says when it will be gone. */
async function checkModel({ teacher, context }: LabelRun): Promise<string[]> {
  const { shutdownDate } = await teacher.findModel(context.abort);
  return shutdownDate === null
    ? []
    : [
        `${teacher.model} will be shut down on ${shutdownDate}: plan its successor in labeling.teachers.${teacher.name}.model`,
      ];
}

async function labelStems(
  { teacher, pack, context }: LabelRun,
  journal: LabelJournal,
  stems: readonly string[],
  collector: Collector,
): Promise<void> {
  const { config, folder, display, clock } = context;
  if (stems.length === 0) return;
  const task = display.task(`phase3 ${teacher.name}`, stems.length);
  try {
    await labelItems({
      teacher,
      journal,
      ids: stems,
      load: (stem) => loadLabelItem(stem, folder, pack),
      gate: createProviderGate(clock),
      policy: config.labeling.retry,
      clock,
      // Only the spread of the waiting times hangs on this.
      random: createRandom(clock.now() % 2 ** 31),
      concurrency: config.labeling.concurrency,
      retryFailed: context.retryFailed,
      stop: context.stop,
      abort: context.abort,
      onEvent: (event) => {
        const line = describeEvent(teacher.name, event);
        if (line !== null) display.log(line);
      },
      async onOutcome(outcome, item) {
        await collector.take(outcome, item);
        if (outcome.isLabelled) task.done();
        else task.fail();
        if (collector.totals.unpriced === 0) task.note(`USD ${collector.totals.costUsd.toFixed(2)}`);
      },
    });
  } finally {
    task.finish();
  }
}

function describeEvent(name: string, event: LabelEvent): string | null {
  switch (event.type) {
    case 'answered':
    case 'request-failed':
      return null;
    case 'answer-rejected':
      return `${name}: ${event.id}: ${event.reason}${event.willAskAgain ? ', asking once more' : ', given up'}`;
    case 'paused':
      return `${name}: pausing ${formatDuration(event.ms)}: ${event.reason}`;
  }
}

/** Turns outcomes into files and figures. */
interface Collector {
  take(outcome: LabelOutcome, item: LabelItem | null): Promise<void>;
  completed: string[];
  failed: FailedItem[];
  calls: Map<string, LabelCall>;
  totals: {
    answers: number;
    fromJournal: number;
    repaired: number;
    contradictions: number;
    costUsd: number;
    /** Answers whose price is not known. */
    unpriced: number;
  };
}

function createCollector({ teacher, prices, context }: LabelRun): Collector {
  const { folder } = context;
  const collector: Collector = {
    completed: [],
    failed: [],
    calls: new Map(),
    totals: { answers: 0, fromJournal: 0, repaired: 0, contradictions: 0, costUsd: 0, unpriced: 0 },
    async take(outcome, item) {
      const { totals } = collector;
      const path = folder.label(outcome.id, teacher.name);
      if (outcome.isLabelled) {
        await writeIfChanged(path, stringifyIndented(outcome.analysis));
        collector.completed.push(outcome.id);
        if (item !== null) totals.contradictions += findContradictions(outcome.analysis, item.graph).length;
        if (outcome.isRepaired) totals.repaired++;
      } else {
        // A label of an earlier prompt or model must not stand in for the one that failed.
        await rm(path, { force: true });
        const { id, reason, attempts, at } = outcome;
        collector.failed.push({ id, reason, attempts, at });
      }
      const call = summariseCall(outcome, teacher, prices);
      collector.calls.set(outcome.id, call);
      totals.answers += call.answers;
      if (outcome.isFromJournal) totals.fromJournal++;
      if (call.costUsd === null) totals.unpriced++;
      else totals.costUsd += call.costUsd;
    },
  };
  return collector;
}

function summariseCall(outcome: LabelOutcome, teacher: Teacher, prices: PriceBook): LabelCall {
  const { answers } = outcome;
  const last = answers.at(-1);
  const lastParsed = last === undefined ? null : parseAnswer(last);
  const costs = answers.map(({ usage, model }) =>
    teacher.isPaid ? (costOf(usage, model, prices) ?? costOf(usage, teacher.model, prices)) : 0,
  );
  return {
    answers: answers.length,
    isLabelled: outcome.isLabelled,
    isRepaired: outcome.isLabelled && outcome.isRepaired,
    isJson: lastParsed !== null && (lastParsed.isAccepted ? !lastParsed.isRepaired : lastParsed.isJson),
    isFirstTry: outcome.isLabelled && outcome.acceptedAttempt === 1 && !outcome.isRepaired,
    inputTokens: answers.reduce((sum, { usage }) => sum + usage.inputTokens, 0),
    outputTokens: answers.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
    costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
  };
}

/** Shows what the pilot brought and asks whether to go on; without a terminal the answer is no. */
async function confirmAfterPilot(
  context: RunContext,
  { completed, failed, totals }: Collector,
  left: number,
): Promise<boolean> {
  const asked = completed.length + failed.length;
  const perLabel = asked === 0 ? 0 : totals.costUsd / asked;
  context.display.log(
    [
      `pilot: ${completed.length} of ${asked} labelled, ${totals.contradictions} contradictions`,
      totals.unpriced > 0
        ? 'cost not known (no price for this model)'
        : `USD ${perLabel.toFixed(4)} per label, about USD ${(perLabel * left).toFixed(2)} for the other ${left}`,
    ].join('; '),
  );
  return (await context.confirm?.(`Label the other ${left}?`)) ?? false;
}
