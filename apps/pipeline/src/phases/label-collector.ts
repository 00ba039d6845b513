import { rm } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import { costOf, parseAnswer, promptHash } from '@arae/labelers';
import type { LabelItem, LabelOutcome, PriceBook, Teacher } from '@arae/labelers';
import type { FailedItem } from '@arae/progress';
import { findContradictions } from '@arae/quality-metrics';
import type { DataFolder } from '../data-folder.ts';
import { readLabelCalls } from './label-calls.ts';
import type { LabelCall, LabelCalls } from './label-calls.ts';
import { saveProgress } from './save-progress.ts';
import { writeIfChanged } from './write-if-changed.ts';

export interface LabelCollectorOptions {
  teacher: Teacher;
  prices: PriceBook;
  isSimulated: boolean;
  folder: DataFolder;
  /** The whole sample: only its drawings are kept in the files. */
  sampled: readonly string[];
}

/** Figures of a run, over all items that it touched. */
export interface LabelTotals {
  answers: number;
  fromJournal: number;
  repaired: number;
  contradictions: number;
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
    costUsd: 0,
    unpriced: 0,
  };
  return {
    totals,
    completed,
    failed,
    async take(outcome, item) {
      const path = folder.label(outcome.id, teacher.name);
      if (outcome.isLabelled) {
        await writeIfChanged(path, stringifyIndented(outcome.analysis));
        completed.push(outcome.id);
        if (item !== null) totals.contradictions += findContradictions(outcome.analysis, item.graph).length;
        if (outcome.isRepaired) totals.repaired++;
      } else {
        // A label of an earlier prompt or model must not stand in for the one that failed.
        await rm(path, { force: true });
        const { id, reason, attempts, at } = outcome;
        failed.push({ id, reason, attempts, at });
      }
      const call = summariseCall(outcome, item, options);
      calls.set(outcome.id, call);
      totals.answers += call.answers;
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
): LabelCall {
  const { answers } = outcome;
  const last = answers.at(-1);
  const lastParsed = last === undefined ? null : parseAnswer(last);
  const costs = answers.map(({ usage, model }) =>
    teacher.isPaid ? (costOf(usage, model, prices) ?? costOf(usage, teacher.model, prices)) : 0,
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
      price_book_date: prices.date,
      items,
    } satisfies LabelCalls),
  );
}
