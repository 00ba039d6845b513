import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import {
  createRandom,
  loadPromptPack,
  parseTopologyGraph,
  shuffled,
  stringifyIndented,
} from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { readPhaseProgress, readTextFile, writeFileAtomic } from '@arae/progress';
import { compareTeachers, overrideWinner } from '../compare/compare-teachers.ts';
import { comparisonWarnings } from '../compare/comparison-warnings.ts';
import { mapInBatches } from '../compare/map-in-batches.ts';
import { measureReference, measureTeacher } from '../compare/measure-teachers.ts';
import { MIXED, REFERENCE } from '../compare/measured-teacher.ts';
import type { MeasuredTeacher } from '../compare/measured-teacher.ts';
import { toReportJson } from '../compare/quality-report.ts';
import type { QualityReport } from '../compare/quality-report.ts';
import { readReviews } from '../compare/read-reviews.ts';
import { removeMixedSet, writeMixedSet } from '../compare/write-mixed-set.ts';
import { writePreferences } from '../compare/write-preferences.ts';
import type { PreferenceCounts } from '../compare/write-preferences.ts';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { teacherSettings } from './create-teacher.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phase 4: measures the teachers on the same sample and chooses one. */
export async function runCompare(context: RunContext): Promise<PhaseSummary> {
  const { config, folder } = context;
  const { teachers, sampleSize, seed } = config.comparison;
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  checkNames(context);

  const stems = (await readSampledStems(folder)).slice(0, context.limit);
  const asked = await askedOfAll(stems, teachers, folder);
  if (asked.length === 0) {
    throw new UsageError(
      `no drawing was labelled by all of ${teachers.join(', ')}: run phase3 for each of them first`,
    );
  }
  const sample = shuffled(asked, createRandom(seed)).slice(0, sampleSize).sort();
  const comparison = compareTeachers(await measureAll(context, sample), config.comparison);
  const { namedWinner } = context;
  const decision =
    namedWinner === null ? comparison.decision : overrideWinner(comparison.decision, namedWinner);
  const reviews = await readReviews(folder, stems, teachers);

  return withFolderLock(context, 'phase4', async () => {
    const isMixed = decision.winner === MIXED;
    const mixedFrom = isMixed ? await writeMixedSet(context, stems, comparison.preference) : null;
    if (!isMixed) await removeMixedSet(context, stems);
    const preferences = context.exportPreferences
      ? await writePreferences(context, stems, comparison.preference, pack)
      : null;
    const report: QualityReport = {
      pack: { name: pack.name, version: pack.version, hash: pack.hash },
      asked: asked.length,
      sample,
      settings: config.comparison,
      comparison,
      decision,
      namedWinner,
      reviews,
      mixedFrom,
    };
    await writeReport(report, folder);
    return summarise(report, folder, preferences);
  });
}

/** @throws UsageError for a teacher that is not configured, or a winner that cannot win. */
function checkNames({ config, namedWinner }: RunContext): void {
  const { teachers } = config.comparison;
  if (teachers.includes(MIXED) || MIXED in config.labeling.teachers) {
    throw new UsageError(
      `"${MIXED}" is the name of the set that phase 4 mixes: call the teacher something else`,
    );
  }
  for (const name of teachers) teacherSettings(name, config);
  if (new Set(teachers).size < teachers.length) {
    throw new UsageError(
      `comparison.teachers names a teacher twice (${teachers.join(', ')}): name each once`,
    );
  }
  if (namedWinner === null) return;
  const candidates = teachers.filter((name) => name !== REFERENCE);
  if (candidates.length > 1) candidates.push(MIXED);
  if (!candidates.includes(namedWinner.name)) {
    throw new UsageError(
      `--winner ${namedWinner.name} is not among what is compared: choose one of ${candidates.join(', ')}`,
    );
  }
}

/** The drawings that every teacher was asked about: labelled or failed, but not left out. */
async function askedOfAll(
  stems: readonly string[],
  teachers: readonly string[],
  folder: DataFolder,
): Promise<string[]> {
  let asked = stems.filter((stem) => existsSync(folder.graph(stem)));
  for (const name of teachers) {
    const { failed } = await readPhaseProgress(folder.progress(name));
    const failedIds = new Set(failed.map(({ id }) => id));
    asked = asked.filter((stem) => failedIds.has(stem) || existsSync(folder.label(stem, name)));
  }
  return asked;
}

async function measureAll(
  { config, folder, stop }: RunContext,
  sample: readonly string[],
): Promise<MeasuredTeacher[]> {
  const graphs = new Map<string, TopologyGraph>(
    await mapInBatches(sample, async (stem) => {
      const graph = parseTopologyGraph(await readTextFile(folder.graph(stem)));
      return [stem, graph] as const;
    }),
  );
  const measured: MeasuredTeacher[] = [];
  for (const name of config.comparison.teachers) {
    if (stop.aborted) throw new InterruptedError();
    measured.push(await measureTeacher(name, graphs, folder));
  }
  if (!config.comparison.teachers.includes(REFERENCE)) measured.push(measureReference(graphs));
  return measured;
}

async function writeReport(report: QualityReport, folder: DataFolder): Promise<void> {
  const { winner } = report.decision;
  const { renderQualityPage } = await import('../compare/page/render-quality-page.ts');
  await writeIfChanged(folder.qualityReport, stringifyIndented(toReportJson(report)));
  await writeIfChanged(folder.qualityPage, renderQualityPage(report, folder));
  // Without a winner an earlier choice must not stand.
  if (winner === null) await rm(folder.selectedModel, { force: true });
  else await writeFileAtomic(folder.selectedModel, winner);
}

function summarise(
  report: QualityReport,
  folder: DataFolder,
  preferences: PreferenceCounts | null,
): PhaseSummary {
  const { comparison, decision, reviews, sample } = report;
  return {
    phase: 'phase4',
    exitCode: decision.winner === null ? EXIT.failed : EXIT.done,
    figures: {
      compared: sample.length,
      ...Object.fromEntries(
        comparison.teachers.map(({ name, total }) => [`${name} total`, Number(total.toFixed(4))]),
      ),
      winner: decision.winner,
      ...(reviews.summary === null ? {} : { 'manual reviews': reviews.summary.reviews }),
      ...(preferences === null
        ? {}
        : {
            'preference pairs': preferences.pairs,
            'drawings with labels alike': preferences.alike,
            'drawings without two labels': preferences.single,
          }),
    },
    files: [
      folder.qualityReport,
      folder.qualityPage,
      ...(decision.winner === null ? [] : [folder.selectedModel]),
      ...(preferences === null ? [] : [folder.preferences]),
    ],
    warnings: comparisonWarnings(report, preferences),
  };
}
