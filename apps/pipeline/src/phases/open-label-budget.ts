import { costOf, createBudget, loadPriceBook, openLabelJournal } from '@arae/labelers';
import type { Budget, LabelJournal, PriceBook, Teacher } from '@arae/labelers';
import type { PipelineConfig } from '../config/config-schema.ts';
import type { DataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { createTeacher } from './create-teacher.ts';
import { isSimulatorEndpoint } from './simulator-endpoint.ts';

export interface LabelBudgetOptions {
  config: PipelineConfig;
  folder: DataFolder;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * The budget of a data folder: what all its teachers may cost together, with what they have cost in earlier runs taken off. The
 * simulator's answers do not count for a real run, nor real ones for the simulator.
 */
export async function openLabelBudget(
  maxUsd: number,
  isSimulated: boolean,
  { config, folder, env }: LabelBudgetOptions,
): Promise<Budget> {
  const prices = await loadPriceBook(config.labeling.priceBookPath ?? undefined);
  let spentUsd = 0;
  for (const name of Object.keys(config.labeling.teachers)) {
    const teacher = createTeacher(name, config, env, null);
    if (!teacher.isPaid) continue;
    const journal = await openLabelJournal(folder.journal(name));
    spentUsd += spentIn(journal, teacher, prices, isSimulated);
    await journal.close();
  }
  return createBudget(maxUsd, spentUsd);
}

/** What the answers of a journal have cost, in USD, those included that never came but may have been billed. */
export function spentIn(
  journal: Pick<LabelJournal, 'answers' | 'held'>,
  teacher: Pick<Teacher, 'model'>,
  prices: PriceBook,
  isSimulated: boolean,
): number {
  let spentUsd = 0;
  for (const answer of journal.answers()) {
    if (isSimulatorEndpoint(answer.endpoint) !== isSimulated) continue;
    const { usage, model, tier } = answer;
    // An answer of a model without a price is an answer of another setting: the highest price that is known stands for it.
    spentUsd +=
      costOf(usage, model, prices, tier) ??
      costOf(usage, teacher.model, prices, tier) ??
      Math.max(...Object.keys(prices.models).map((name) => costOf(usage, name, prices, tier) ?? 0));
  }
  for (const { heldUsd, endpoint } of journal.held()) {
    if (isSimulatorEndpoint(endpoint) === isSimulated) spentUsd += heldUsd;
  }
  return spentUsd;
}

/** @throws UsageError when nothing bounds what a request of the teacher may cost */
export function refuseUnboundedCost(teacher: Teacher, prices: PriceBook): void {
  if (!teacher.isPaid) return;
  const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
  if (costOf(usage, teacher.model, prices) === null) {
    throw new UsageError(
      `--max-cost cannot be kept: the price book of ${prices.date} has no price for ${teacher.model}: add it (labeling.priceBookPath), or leave --max-cost out`,
    );
  }
  if (teacher.maxOutputTokens === null) {
    throw new UsageError(
      `--max-cost cannot be kept: ${teacher.name} has no output limit: set labeling.teachers.${teacher.name}.maxOutputTokens`,
    );
  }
}
