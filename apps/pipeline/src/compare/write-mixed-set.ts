import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import { pickBetterLabel } from '@arae/quality-metrics';
import { InterruptedError } from '../errors.ts';
import { byStem, readLabelCalls } from '../phases/label-calls.ts';
import type { LabelCalls } from '../phases/label-calls.ts';
import { saveProgress } from '../phases/save-progress.ts';
import { writeIfChanged } from '../phases/write-if-changed.ts';
import type { RunContext } from '../run-context.ts';
import { labelOptions } from './label-options.ts';
import { MIXED } from './measured-teacher.ts';

/**
 * Writes the mixed set like the labels of a teacher: `llm_analysis_mixed.json` for every drawing with a label, and what each took
 * (`mixed_calls.json`), so that a data set can be built of it.
 *
 * @param teachers in the order of preference
 * @returns how many labels were taken of each teacher
 */
export async function writeMixedSet(
  context: RunContext,
  stems: readonly string[],
  teachers: readonly string[],
): Promise<Record<string, number>> {
  const { folder, stop } = context;
  const calls = new Map(
    await Promise.all(
      teachers.map(async (name) => [name, await readLabelCalls(folder.calls(name))] as const),
    ),
  );
  const taken = Object.fromEntries(teachers.map((name) => [name, 0]));
  const items = byStem();
  const completed: string[] = [];
  for (const stem of stems) {
    if (stop.aborted) throw new InterruptedError();
    const options = existsSync(folder.graph(stem)) ? await labelOptions(stem, teachers, folder) : [];
    const chosen = pickBetterLabel(options)?.chosen;
    const path = folder.label(stem, MIXED);
    if (chosen === undefined) {
      await rm(path, { force: true });
      continue;
    }
    await writeIfChanged(path, stringifyIndented(chosen.analysis));
    completed.push(stem);
    taken[chosen.teacher] = (taken[chosen.teacher] ?? 0) + 1;
    const call = calls.get(chosen.teacher)?.items[stem];
    if (call !== undefined) items[stem] = { ...call, costUsd: costOfAll(stem, calls) };
  }
  const dates = [...calls.values()].flatMap((known) => known?.price_book_date ?? []);
  await writeIfChanged(
    folder.calls(MIXED),
    stringifyIndented({
      teacher: MIXED,
      model: MIXED,
      price_book_date: dates.sort().at(-1) ?? '',
      items,
    } satisfies LabelCalls),
  );
  await saveProgress(folder.progress(MIXED), { completed, failed: [] }, stems);
  return taken;
}

/** Takes away a mixed set that is not the winner any more: after another run its labels would be out of date. */
export async function removeMixedSet({ folder }: RunContext, stems: readonly string[]): Promise<void> {
  if (!existsSync(folder.calls(MIXED))) return;
  for (const stem of stems) await rm(folder.label(stem, MIXED), { force: true });
  await rm(folder.progress(MIXED), { force: true });
  await rm(folder.calls(MIXED), { force: true });
}

/** The labels that were not taken were paid for, too; null when one price is not known. */
function costOfAll(stem: string, calls: ReadonlyMap<string, LabelCalls | null>): number | null {
  let sum = 0;
  for (const known of calls.values()) {
    const cost = known?.items[stem]?.costUsd;
    if (cost === null || known === null) return null;
    sum += cost ?? 0;
  }
  return sum;
}
