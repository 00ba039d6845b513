import { rm } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { costOf, parseAnswer, promptHash } from '@arae/labelers';
import type { LabelItem, LabelOutcome, LabelledItem, PriceBook, Teacher } from '@arae/labelers';
import type { FailedItem } from '@arae/progress';
import { findContradictions, reconcileLabel } from '@arae/quality-metrics';
import type { ReconciledLabel } from '@arae/quality-metrics';
import type { DataFolder } from '../data-folder.ts';
import { byStem, readLabelCalls } from './label-calls.ts';
import type { LabelCall, LabelCalls } from './label-calls.ts';
import { saveProgress } from './save-progress.ts';
import { writeIfChanged } from './write-if-changed.ts';

export interface LabelCollectorOptions {
  teacher: Teacher;
  prices: PriceBook;
  isSimulated: boolean;
  /** Set the fields that the graph decides. */
  reconcile: boolean;
  folder: DataFolder;
  /** The whole sample: only its drawings are kept in the files. */
  sampled: readonly string[];
}

/** Figures of a run, over all items that it touched. */
export interface LabelTotals {
  answers: number;
  fromJournal: number;
  repaired: number;
  /** What the graphs deny in the labels as they are written. */
  contradictions: number;
  /** Labels with any. */
  contradicted: number;
  /** What they denied in the first labels. */
  firstContradictions: number;
  /** Labels that were sent back. */
  sentBack: number;
  reconciledFields: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  /** Items whose price is not known. */
  unpriced: number;
}

/** Turns outcomes into files and figures. */
export interface LabelCollector {
  readonly totals: Readonly<LabelTotals>;
  readonly completed: readonly string[];
  readonly failed: readonly FailedItem[];
  /** Writes or removes the item's label. */
  take(outcome: LabelOutcome, item: LabelItem | null): Promise<void>;
  /** Writes progress and calls; items that this run did not touch keep their state. */
  save(): Promise<void>;
}

export function createLabelCollector(options: LabelCollectorOptions): LabelCollector {
  const { teacher, folder, sampled } = options;
  const completed: string[] = [];
  const failed: FailedItem[] = [];
  const calls = new Map<string, LabelCall>();
  const totals: LabelTotals = {
    answers: 0,
    fromJournal: 0,
    repaired: 0,
    contradictions: 0,
    contradicted: 0,
    firstContradictions: 0,
    sentBack: 0,
    reconciledFields: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    unpriced: 0,
  };

  function finish(analysis: FloorPlanAnalysis, item: LabelItem | null): ReconciledLabel {
    if (!options.reconcile || item === null) return { analysis, changed: [] };
    return reconcileLabel(analysis, item.graph);
  }

  function count({ rounds, analysis }: LabelledItem, written: FloorPlanAnalysis, { graph }: LabelItem): void {
    const left = findContradictions(written, graph).length;
    totals.contradictions += left;
    if (left > 0) totals.contradicted++;
    totals.firstContradictions += rounds[0]?.contradictions ?? findContradictions(analysis, graph).length;
    if (rounds.length > 1) totals.sentBack++;
  }

  return {
    totals,
    completed,
    failed,
    async take(outcome, item) {
      const path = folder.label(outcome.id, teacher.name);
      let reconciled: readonly string[] = [];
      if (outcome.isLabelled) {
        const written = finish(outcome.analysis, item);
        await writeIfChanged(path, stringifyIndented(written.analysis));
        completed.push(outcome.id);
        reconciled = written.changed;
        if (item !== null) count(outcome, written.analysis, item);
        if (outcome.isRepaired) totals.repaired++;
      } else {
        // A label of an earlier prompt or model must not stand in for the one that failed.
        await rm(path, { force: true });
        const { id, reason, attempts, at } = outcome;
        failed.push({ id, reason, attempts, at });
      }
      const call = { ...summariseCall(outcome, item, options), reconciled: [...reconciled] };
      calls.set(outcome.id, call);
      totals.answers += call.answers;
      totals.inputTokens += call.inputTokens;
      totals.outputTokens += call.outputTokens;
      totals.reconciledFields += reconciled.length;
      if (outcome.isFromJournal) totals.fromJournal++;
      if (call.costUsd === null) totals.unpriced++;
      else totals.costUsd += call.costUsd;
    },
    async save() {
      // A run that was stopped before its first item leaves nothing behind.
      if (calls.size === 0) return;
      await saveProgress(
        folder.progress(teacher.name),
        { completed: [...completed], failed: [...failed] },
        sampled,
      );
      await saveCalls(options, calls);
    },
  };
}

function summariseCall(
  outcome: LabelOutcome,
  item: LabelItem | null,
  { teacher, prices, isSimulated }: LabelCollectorOptions,
): Omit<LabelCall, 'reconciled'> {
  const { answers } = outcome;
  const last = answers.at(-1);
  const lastParsed = last === undefined ? null : parseAnswer(last);
  const costs = answers.map(({ usage, model, tier }) =>
    teacher.isPaid ? (costOf(usage, model, prices, tier) ?? costOf(usage, teacher.model, prices, tier)) : 0,
  );
  return {
    promptHash: item === null ? '' : promptHash(item.prompt),
    model: last?.model ?? teacher.model,
    isSimulated,
    answers: answers.length,
    isLabelled: outcome.isLabelled,
    isRepaired: outcome.isLabelled && outcome.isRepaired,
    isJson: lastParsed !== null && (lastParsed.isAccepted ? !lastParsed.isRepaired : lastParsed.isJson),
    isFirstTry: outcome.isLabelled && outcome.acceptedAttempt === 1 && !outcome.isRepaired,
    rounds: outcome.isLabelled ? [...outcome.rounds] : [],
    chosenRound: outcome.isLabelled ? outcome.chosenRound : 0,
    inputTokens: answers.reduce((sum, { usage }) => sum + usage.inputTokens, 0),
    outputTokens: answers.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
    costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
  };
}

async function saveCalls(
  { teacher, prices, folder, sampled }: LabelCollectorOptions,
  calls: ReadonlyMap<string, LabelCall>,
): Promise<void> {
  const path = folder.calls(teacher.name);
  const previous = (await readLabelCalls(path))?.items ?? byStem();
  const items = byStem();
  for (const stem of sampled) {
    const call = calls.get(stem) ?? previous[stem];
    if (call !== undefined) items[stem] = call;
  }
  await writeIfChanged(
    path,
    stringifyIndented({
      teacher: teacher.name,
      model: teacher.model,
      price_book_date: prices.date,
      items,
    } satisfies LabelCalls),
  );
}
