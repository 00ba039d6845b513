import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { loadPromptPack, stringifyIndented } from '@arae/floorplan';
import type { PromptPack } from '@arae/floorplan';
import { estimateRowLengths, inBatches, startTokenCounters } from '@arae/jsonl';
import type { BatchCounter } from '@arae/jsonl';
import { readTextFile, writeFileAtomic } from '@arae/progress';
import { MIXED } from '../compare/measured-teacher.ts';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { collectRows } from '../dataset/collect-rows.ts';
import { datasetManifest } from '../dataset/dataset-manifest.ts';
import type { ManifestSide } from '../dataset/dataset-manifest.ts';
import { datasetReport } from '../dataset/dataset-report.ts';
import type { DroppedItem } from '../dataset/dropped-item.ts';
import { judgeLengths } from '../dataset/judge-lengths.ts';
import type { LengthVerdict } from '../dataset/judge-lengths.ts';
import type { RowSource } from '../dataset/read-row.ts';
import { keepGarbageSmall } from '../dataset/keep-garbage-small.ts';
import { renderDatasetCard } from '../dataset/render-dataset-card.ts';
import { renderDatasetPage } from '../dataset/render-dataset-page.ts';
import type { RowFacts } from '../dataset/row-facts.ts';
import { openRowSpool } from '../dataset/row-spool.ts';
import type { RowSpool } from '../dataset/row-spool.ts';
import { sideStatistics } from '../dataset/side-statistics.ts';
import { splitDataset } from '../dataset/split-dataset.ts';
import { axolotlEntry, llamaFactoryEntry } from '../dataset/trainer-entries.ts';
import { writeSide } from '../dataset/write-side.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { teacherSettings } from './create-teacher.ts';
import { readLabelCalls } from './label-calls.ts';
import type { LabelCalls } from './label-calls.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Threads that count tokens; each holds the tokenizer once more. */
const MOST_COUNTERS = 4;

/** Phase 5: turns the winner's labels into `train.jsonl` and `val.jsonl`, and says what became of every drawing. */
export async function runBuildDataset(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const { tokenizerDir, maxContradictions } = config.dataset;
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const winner = await readWinner(folder);
  // The mixed set is put together by phase 4, from the labels of teachers.
  if (winner !== MIXED) teacherSettings(winner, config);
  const stems = (await readSampledStems(folder)).slice(0, context.limit);
  const calls = await readLabelCalls(folder.calls(winner));
  const source: RowSource = { winner, folder, pack, calls, maxContradictions };
  const counter =
    tokenizerDir === null
      ? inBatches(estimateRowLengths)
      : await startTokenCounters(tokenizerDir, Math.min(MOST_COUNTERS, availableParallelism()));

  return withFolderLock(context, 'phase5', async () => {
    keepGarbageSmall();
    const spool = await openRowSpool(folder.root);
    try {
      const { rows, dropped } = await collectRows(stems, source, { spool, counter }, context);
      if (rows.length === 0) throw noRows(stems, winner, dropped);
      const lengths = judgeLengths(rows, config.dataset);
      if (lengths.isTooMany || lengths.kept.length === 0) return tooLong(rows, lengths, context);
      return await writeDataset(
        rows,
        [...dropped, ...lengths.dropped],
        lengths,
        { ...source, counter },
        {
          context,
          spool,
          sampled: stems.length,
        },
      );
    } finally {
      await spool.close();
    }
  }).finally(() => counter.close());
}

async function writeDataset(
  all: readonly RowFacts[],
  dropped: readonly DroppedItem[],
  lengths: LengthVerdict,
  {
    winner,
    pack,
    calls,
    counter,
  }: { winner: string; pack: PromptPack; calls: LabelCalls | null } & { counter: BatchCounter },
  { context, spool, sampled }: { context: RunContext; spool: RowSpool; sampled: number },
): Promise<PhaseSummary> {
  const { config, folder, stop } = context;
  const settings = config.dataset;
  const split = splitDataset(lengths.kept, settings);

  // The manifest goes first and comes last: a set is whole when its manifest is there.
  await rm(folder.datasetManifest, { force: true });
  const written: Record<string, ManifestSide> = {};
  for (const side of ['train', 'val', 'test'] as const) {
    const [path, factsPath] = [folder[side], folder.rowFacts(side)];
    if (side === 'test' && settings.testRatio === 0) {
      await rm(path, { force: true });
      await rm(factsPath, { force: true });
      continue;
    }
    const paths = { rows: path, facts: factsPath };
    written[side] = {
      path,
      factsPath,
      written: await writeSide(paths, split.sides[side], { spool, counter, stop }),
    };
  }
  const sideNames = Object.keys(written) as (keyof typeof split.sides)[];
  const report = datasetReport({
    winner,
    labelledBy: countLabellers(lengths.kept, calls),
    pack,
    settings,
    sampled,
    counter,
    lengths,
    tokens: all.map(({ tokens }) => tokens),
    split,
    sides: Object.fromEntries(
      sideNames.map((side) => [side, sideStatistics(split.sides[side], written[side]!.written)]),
    ),
    dropped,
  });
  const files = Object.fromEntries(sideNames.map((side) => [side, `${side}.jsonl`]));
  await writeIfChanged(folder.llamaFactoryEntry, stringifyIndented(llamaFactoryEntry(files)));
  await writeIfChanged(folder.axolotlEntry, axolotlEntry(files, lengths.maxSeqLength));
  await writeIfChanged(folder.statsReport, stringifyIndented(report));
  await writeIfChanged(folder.statsPage, renderDatasetPage(report));
  await writeIfChanged(folder.datasetCard, renderDatasetCard(report));
  await writeFileAtomic(
    folder.datasetManifest,
    stringifyIndented(datasetManifest(written, lengths.maxSeqLength, counter)),
  );
  return {
    phase: 'phase5',
    exitCode: EXIT.done,
    figures: {
      teacher: winner,
      ...Object.fromEntries(sideNames.map((side) => [side, split.sides[side].length])),
      dropped: dropped.length,
      'max tokens': lengths.maxSeqLength,
    },
    files: [
      ...sideNames.map((side) => folder[side]),
      folder.statsReport,
      folder.statsPage,
      folder.datasetCard,
    ],
    warnings: report.warnings,
  };
}

export async function readWinner(folder: DataFolder): Promise<string> {
  if (!existsSync(folder.selectedModel)) {
    throw new UsageError(
      `${folder.selectedModel} is missing: run phase4 first, or write the teacher's name into it`,
    );
  }
  const winner = (await readTextFile(folder.selectedModel)).trim();
  if (winner === '') throw new UsageError(`${folder.selectedModel} is empty: run phase4 again`);
  return winner;
}

function noRows(stems: readonly string[], winner: string, dropped: readonly DroppedItem[]): UsageError {
  const [first] = dropped;
  if (dropped.some(({ code }) => code === 'contradicted')) {
    return new UsageError(
      `none of ${stems.length} drawings has a label of ${winner} that its graph bears out (first: ${first?.reason}): run phase3 with --verify 2, or phase5 with --max-contradictions`,
    );
  }
  return new UsageError(
    `none of ${stems.length} drawings has graph, context and a valid label of ${winner} (first: ${first?.reason}): run phases 1 to 3 first`,
  );
}

/** Nothing is written: whether to lose rows or to pay for longer ones is not for a program to decide. */
function tooLong(rows: readonly RowFacts[], lengths: LengthVerdict, { config }: RunContext): PhaseSummary {
  const { over, maxSeqLength, recommended } = lengths;
  const longest = rows.reduce((most, { tokens }) => Math.max(most, tokens), 0);
  const allowed = `${100 * config.dataset.maxOverLengthShare} %`;
  return {
    phase: 'phase5',
    exitCode: EXIT.failed,
    figures: { rows: rows.length, 'too long': over, 'max tokens': maxSeqLength, longest },
    files: [],
    warnings: [
      `${over} of ${rows.length} rows have more than ${maxSeqLength} tokens, and at most ${allowed} may be dropped: nothing was written; set dataset.maxSeqLength to ${Math.max(recommended, maxSeqLength) > maxSeqLength ? recommended : longest}, or say --over-length drop or keep`,
    ],
  };
}

/** Rows by the model that labelled them; one set may hold labels of several runs. */
function countLabellers(rows: readonly RowFacts[], calls: LabelCalls | null): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of rows) {
    const call = calls?.items[id];
    const name = call === undefined ? 'not known' : `${call.model}${call.isSimulated ? ' (simulated)' : ''}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
