import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { loadPromptPack, stringifyIndented } from '@arae/floorplan';
import type { PromptPack } from '@arae/floorplan';
import { splitRows } from '@arae/jsonl';
import { promptHash } from '@arae/labelers';
import { writeFileAtomic } from '@arae/progress';
import { MIXED } from '../compare/measured-teacher.ts';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { teacherSettings } from './create-teacher.ts';
import { readLabelCalls } from './label-calls.ts';
import type { LabelCalls } from './label-calls.ts';
import { loadLabelItem } from './load-label-item.ts';
import { readLabel } from './read-label.ts';
import { renderDatasetCard } from './render-dataset-card.ts';
import type { DroppedItem } from './render-dataset-card.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeDatasetSide } from './write-dataset-side.ts';
import type { SideStatistics } from './write-dataset-side.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phase 5: turns the winner's labels into `train.jsonl` and `val.jsonl`, and says what became of every drawing. */
export async function runBuildDataset(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const winner = await readWinner(folder);
  // The mixed set is put together by phase 4, from the labels of teachers.
  if (winner !== MIXED) teacherSettings(winner, config);
  const stems = (await readSampledStems(folder)).slice(0, context.limit);

  const calls = await readLabelCalls(folder.calls(winner));
  const { usable, dropped } = await sortOut(stems, { winner, folder, pack, calls }, context.stop);
  if (usable.length === 0) {
    throw new UsageError(
      `none of ${stems.length} drawings has graph, context and a valid label of ${winner} (first: ${dropped[0]?.reason}): run phases 1 to 3 first`,
    );
  }
  const split = splitRows(usable, config.dataset);

  return withFolderLock(context, 'phase5', async () => {
    // The report goes first and comes last: a set is whole when its report is there.
    await rm(folder.statsReport, { force: true });
    const sides = {
      train: await writeDatasetSide(folder.train, split.train, winner, context, pack),
      val: await writeDatasetSide(folder.val, split.val, winner, context, pack),
      ...(config.dataset.testRatio > 0
        ? { test: await writeDatasetSide(folder.test, split.test, winner, context, pack) }
        : {}),
    };
    if (config.dataset.testRatio === 0) await rm(folder.test, { force: true });
    const report = {
      teacher: winner,
      labelled_by: countLabellers(usable, calls),
      prompt_pack: { name: pack.name, version: pack.version, hash: pack.hash },
      split: {
        seed: config.dataset.seed,
        val_ratio: config.dataset.valRatio,
        test_ratio: config.dataset.testRatio,
      },
      sampled: stems.length,
      rows: usable.length,
      dropped,
      sides,
      val_ids: split.val.toSorted(),
      test_ids: split.test.toSorted(),
    };
    await writeIfChanged(folder.statsReport, stringifyIndented(report));
    await writeFileAtomic(folder.datasetCard, renderDatasetCard(report));

    const warnings =
      dropped.length === 0
        ? []
        : [`${dropped.length} drawings were left out, listed with reasons in ${folder.statsReport}`];
    warnings.push(...describeImbalance(sides.train));
    return {
      phase: 'phase5',
      exitCode: EXIT.done,
      figures: {
        teacher: winner,
        train: sides.train.rows,
        val: sides.val.rows,
        ...('test' in sides ? { test: sides.test.rows } : {}),
        dropped: dropped.length,
      },
      files: [folder.train, folder.val, folder.statsReport, folder.datasetCard],
      warnings,
    };
  });
}

export async function readWinner(folder: DataFolder): Promise<string> {
  if (!existsSync(folder.selectedModel)) {
    throw new UsageError(
      `${folder.selectedModel} is missing: run phase4 first, or write the teacher's name into it`,
    );
  }
  const winner = (await readFile(folder.selectedModel, 'utf8')).trim();
  if (winner === '') throw new UsageError(`${folder.selectedModel} is empty: run phase4 again`);
  return winner;
}

interface LabelSource {
  winner: string;
  folder: DataFolder;
  pack: PromptPack;
  /** Null for labels that were not made here. */
  calls: LabelCalls | null;
}

/** Drawings that make a row, and the others with the first reason against them. */
async function sortOut(
  stems: readonly string[],
  source: LabelSource,
  stop: AbortSignal,
): Promise<{ usable: string[]; dropped: DroppedItem[] }> {
  const usable: string[] = [];
  const dropped: DroppedItem[] = [];
  for (const id of stems) {
    if (stop.aborted) throw new InterruptedError();
    const reason = await reasonAgainst(id, source);
    if (reason === null) usable.push(id);
    else dropped.push({ id, reason });
  }
  return { usable, dropped };
}

async function reasonAgainst(
  id: string,
  { winner, folder, pack, calls }: LabelSource,
): Promise<string | null> {
  if (!existsSync(folder.graph(id))) return 'no topology graph';
  if (!existsSync(folder.context(id))) return 'no context';
  const label = await readLabel(folder.label(id, winner));
  if (label.state === 'missing') return `no label of ${winner}`;
  if (label.state === 'invalid') return `invalid label of ${winner}: ${label.reason}`;
  try {
    const { prompt } = await loadLabelItem(id, folder, pack);
    const call = calls?.items[id];
    // A row must hold the very question that its answer was given to.
    return call === undefined || call.promptHash === promptHash(prompt)
      ? null
      : `the label of ${winner} was made for another prompt: run phase3 again`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Rows by the model that labelled them; one set may hold labels of several runs. */
function countLabellers(ids: readonly string[], calls: LabelCalls | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    const call = calls?.items[id];
    const name = call === undefined ? 'not known' : `${call.model}${call.isSimulated ? ' (simulated)' : ''}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function describeImbalance({ rows, grades }: SideStatistics): string[] {
  return Object.entries(grades)
    .filter(([, count]) => count > rows / 2)
    .map(
      ([grade, count]) => `${count} of ${rows} training rows have the grade ${grade}: the set is unbalanced`,
    );
}
