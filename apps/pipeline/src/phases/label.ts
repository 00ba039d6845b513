import { createRandom, loadPromptPack } from '@arae/floorplan';
import type { PromptPack, Random } from '@arae/floorplan';
import {
  BudgetReachedError,
  createAdmission,
  findModelPatiently,
  loadPriceBook,
  openLabelJournal,
} from '@arae/labelers';
import type { LabelItemsOptions, Admission, Budget, LabelJournal, PriceBook, Teacher } from '@arae/labelers';
import type { Clock } from '@arae/progress';
import { readSampledStems } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { createTeacher, requireKey, teacherSettings } from './create-teacher.ts';
import type { SimulatedEndpoint } from './create-teacher.ts';
import { describeEstimate, estimateLabels } from './estimate-labels.ts';
import type { LabelEstimate } from './estimate-labels.ts';
import { failureGate } from './failure-gate.ts';
import { createLabelCollector } from './label-collector.ts';
import type { LabelCollector } from './label-collector.ts';
import { loadLabelItem } from './load-label-item.ts';
import { labelByMode } from './label-by-mode.ts';
import { describeEvent, noteOf } from './label-lines.ts';
import { labelVerification } from './label-verification.ts';
import { refuseUnboundedCost } from './open-label-budget.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { isReadyToLabel } from './is-ready-to-label.ts';
import { keepRealAndSimulatedApart } from './keep-real-and-simulated-apart.ts';
import { startSimulator } from './start-simulator.ts';

const SAVE_EVERY_MS = 15_000;

/** Phases 3a and 3b: one teacher labels every drawing that has a graph and a context. */
export async function runLabel(teacherName: string, context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  // Everything that can be wrong is found before anything starts.
  const settings = teacherSettings(teacherName, config);
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const prices = await loadPriceBook(config.labeling.priceBookPath ?? undefined);
  const sampled = await readSampledStems(folder);
  const asked = sampled.slice(0, context.limit);
  const ready = asked.filter((stem) => isReadyToLabel(stem, folder));
  if (ready.length === 0) {
    throw new UsageError(
      `no drawing of the sample has both graph and context in ${folder.outputFolder}: run phase2 first`,
    );
  }
  const simulator =
    context.simulate && settings.provider !== 'rule-based'
      ? await startSimulator(config.simulator, folder.simulatorLog(teacherName))
      : null;
  try {
    const teacher = createTeacher(teacherName, config, context.env, simulator);
    if (context.openBudget !== null) refuseUnboundedCost(teacher, prices);
    const run = { teacher, pack, prices, context, simulator };
    return await withFolderLock(context, `phase3-${teacherName}`, async () => {
      await keepRealAndSimulatedApart(folder, teacher, simulator !== null, sampled);
      return labelAll(run, ready, sampled, asked.length - ready.length);
    });
  } finally {
    await simulator?.close();
  }
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
  notReady: number,
): Promise<PhaseSummary> {
  const { teacher, context } = run;
  const { config, folder, display } = context;
  const warnings: string[] = [];
  if (notReady > 0) {
    warnings.push(`${notReady} drawings of the sample lack graph or context and were not asked for`);
  }

  const journal = await openLabelJournal(folder.journal(teacher.name));
  if (journal.damagedLines > 0) {
    warnings.push(
      `${folder.journal(teacher.name)} has ${journal.damagedLines} unreadable lines (torn by a kill, or damaged); they are kept and passed over`,
    );
  }
  const collector = createLabelCollector({
    teacher,
    prices: run.prices,
    isSimulated: run.simulator !== null,
    reconcile: config.labeling.reconcile,
    folder,
    sampled,
  });
  let stopped: Error | null = null;
  let estimate: LabelEstimate | null = null;
  try {
    const budget = teacher.isPaid ? ((await context.openBudget?.()) ?? null) : null;
    const admission = createAdmission({
      clock: context.clock,
      maxConcurrency: config.labeling.concurrency,
      onDecision: (decision) => {
        const at = new Date(context.clock.now()).toISOString();
        // A disk that is full shows with the next answer, which is waited for.
        journal.append({ type: 'admission', at, ...decision }).catch(() => undefined);
      },
    });
    const labelling = { ...run, journal, admission, budget, collector };
    const isReal = teacher.isPaid && run.simulator === null;
    estimate = isReal ? await estimateLabels(run, journal, stems) : null;
    // Labels that are all in the journal need neither key nor model, even when the model is gone.
    if (estimate === null || estimate.toAsk > 0) {
      if (isReal) requireKey(teacher.name, config, context.env);
      warnings.push(...(await checkModel(run)));
      // Said before the first request too: who starts a night should see it then.
      for (const warning of warnings) display.log(`warning: ${warning}`);
    }
    if (estimate !== null) display.log(describeEstimate(estimate));
    let rest = stems;
    if (context.pilot !== undefined) {
      await labelStems(labelling, stems.slice(0, context.pilot));
      rest = stems.slice(context.pilot);
      if (rest.length > 0 && !(await confirmAfterPilot(context, collector, rest.length))) {
        warnings.push(
          `stopped after the pilot of ${context.pilot}: run again without --pilot to label the rest`,
        );
        rest = [];
      }
    }
    await labelStems(labelling, rest);
  } catch (error) {
    stopped = error as Error;
  } finally {
    await journal.close();
  }

  const open = journal.openBatches().length;
  if (open > 0) {
    display.log(
      `${teacher.name}: ${open} batches go on at the provider: the same command fetches them, labels cancel --teacher ${teacher.name} stops them`,
    );
  }
  await collector.save();
  const { completed, failed, totals } = collector;
  if (context.stop.aborted) throw new InterruptedError();
  const isAtBudget = stopped instanceof BudgetReachedError;
  if (stopped !== null && !isAtBudget) throw stopped;

  if (isAtBudget) warnings.push((stopped as BudgetReachedError).message);
  const gate = failureGate(failed.length, completed.length + failed.length, config.maxFailedShare);
  if (gate.warning !== null) warnings.push(gate.warning);
  if (totals.unpriced > 0) {
    warnings.push(`the price book has no price for ${teacher.model}: the cost is not known`);
  }
  return {
    phase: `phase3 ${teacher.name}`,
    exitCode: isAtBudget ? EXIT.budget : gate.exitCode,
    figures: {
      labelled: completed.length,
      failed: failed.length,
      ...(isAtBudget ? { left: stems.length - completed.length - failed.length } : {}),
      'from journal': totals.fromJournal,
      model: run.simulator === null ? teacher.model : `${teacher.model} (simulated)`,
      'answers in all': totals.answers,
      repaired: totals.repaired,
      'labels with contradictions': totals.contradicted,
      contradictions: totals.contradictions,
      ...(config.labeling.verify > 0
        ? { 'contradictions at first': totals.firstContradictions, 'sent back': totals.sentBack }
        : {}),
      ...(config.labeling.reconcile ? { 'fields from the graph': totals.reconciledFields } : {}),
      [run.simulator === null ? 'cost USD' : 'simulated USD']:
        totals.unpriced > 0 ? null : Number(totals.costUsd.toFixed(4)),
      ...(estimate === null || estimate.costUsd === null
        ? {}
        : { 'estimated USD': Number(estimate.costUsd.toFixed(4)) }),
    },
    files: [`${folder.outputFolder}/*/llm_analysis_${teacher.name}.json`, folder.journal(teacher.name)],
    warnings,
  };
}

/** Looks the model up before the first item, and says when it will be gone. */
async function checkModel({ teacher, context }: LabelRun): Promise<string[]> {
  const { clock, config, stop } = context;
  const { shutdownDate } = await findModelPatiently(teacher, {
    policy: config.labeling.retry,
    clock,
    random: spreadingRandom(clock),
    stop,
  });
  return shutdownDate === null
    ? []
    : [
        `${teacher.model} will be shut down on ${shutdownDate}: plan its successor in labeling.teachers.${teacher.name}.model`,
      ];
}

/** Only the spread of the waiting times hangs on this, so it may differ from run to run. */
function spreadingRandom(clock: Clock): Random {
  return createRandom(clock.now() % 2 ** 31);
}

interface Labelling extends LabelRun {
  journal: LabelJournal;
  admission: Admission;
  budget: Budget | null;
  collector: LabelCollector;
}

async function labelStems(
  { teacher, pack, prices, context, simulator, journal, admission, budget, collector }: Labelling,
  stems: readonly string[],
): Promise<void> {
  const { config, folder, display, clock } = context;
  if (stems.length === 0) return;
  const task = display.task(`phase3 ${teacher.name}`, stems.length);
  // Other programs read the progress file while a night goes on; the journal is what a resumed run goes by.
  let savedAt = clock.now();
  let saving: Promise<void> = Promise.resolve();
  try {
    const options: LabelItemsOptions = {
      teacher,
      journal,
      ids: stems,
      load: (stem) => loadLabelItem(stem, folder, pack),
      admission,
      budget,
      prices,
      verification: labelVerification(config.labeling.verify),
      policy: config.labeling.retry,
      clock,
      random: spreadingRandom(clock),
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
        if (collector.totals.unpriced === 0 && teacher.isPaid) {
          task.note(noteOf(collector, stems.length, admission, simulator !== null));
        }
        if (clock.now() - savedAt >= SAVE_EVERY_MS) {
          savedAt = clock.now();
          saving = saving.then(() => collector.save());
          await saving;
        }
      },
    };
    await labelByMode(options, config.labeling, display);
  } finally {
    task.finish();
  }
}

/** Shows what the pilot brought and asks whether to go on; without a terminal the answer is no. */
async function confirmAfterPilot(
  context: RunContext,
  { completed, failed, totals }: LabelCollector,
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
