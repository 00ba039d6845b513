import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { loadPromptPack, stringifyIndented } from '@arae/floorplan';
import { openLabelJournal } from '@arae/labelers';
import type { LabelJournal } from '@arae/labelers';
import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { SimulatedEndpoint } from '../phases/create-teacher.ts';
import { startSimulator } from '../phases/start-simulator.ts';
import { withFolderLock } from '../phases/with-folder-lock.ts';
import { writeIfChanged } from '../phases/write-if-changed.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { sha256OfFile } from '../sha256-of.ts';
import { askRows } from './ask-rows.ts';
import { buildEvaluationReport } from './build-evaluation-report.ts';
import type { AskedModel } from './build-evaluation-report.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { evaluationWarnings } from './evaluation-warnings.ts';
import { measureAnswers, measureTeacherRows } from './measure-subject.ts';
import { readBaseReport } from './read-base-report.ts';
import { matchRows, readEvaluationRows } from './read-evaluation-rows.ts';
import type { EvaluationRow } from './read-evaluation-rows.ts';
import { refuseKey, requireModels, servedModels } from './served-models.ts';
import { subjectName } from './subject-name.ts';
import { refuseTeacherOfThatName, writeStudentLabels } from './write-student-labels.ts';

export interface EvaluateOptions {
  /** Which rows are asked; undefined: those of `test.jsonl` where there are some, else of `val.jsonl`. */
  set: 'val' | 'test' | undefined;
  /** Where the report goes, with `.html` the page; undefined: `evaluation_report.json` in the data folder. */
  report: string | undefined;
  /** Report of an earlier evaluation, of the untuned model. */
  baseReport: string | undefined;
  /** Ask everything anew. */
  restart: boolean;
}

/** Asks a served model the rows that were held out, and says how it did beside its teacher. */
export async function runEvaluate(context: RunContext, options: EvaluateOptions): Promise<PhaseSummary> {
  const { config, folder } = context;
  const reportPath = options.report ?? folder.evaluationReport;
  if (!reportPath.endsWith('.json')) {
    throw new UsageError(`--report ${reportPath}: name a file that ends in .json; the page lies beside it`);
  }
  refuseTeacherOfThatName(config);
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const base = options.baseReport === undefined ? null : await readBaseReport(options.baseReport);
  if (base !== null && config.evaluation.baseModel !== null) {
    throw new UsageError(
      '--base-model asks the base model, --base-report has its figures already: give one of them',
    );
  }
  const path = fileOf(options.set, context);
  const read = await readEvaluationRows(path, context.limit);
  // In the journal its answers have an endpoint of their own, so they are never taken for real ones.
  const simulator = context.simulate
    ? await startSimulator(config.simulator, folder.simulatorLog('evaluate'))
    : null;
  try {
    const served = await servedModels(context, simulator);
    return await withFolderLock(context, 'evaluate', async () => {
      const rows = await matchRows(read.rows, { folder, pack, stop: context.stop });
      if (options.restart) await setJournalAside(context);
      const journal = await openLabelJournal(folder.journal(JOURNAL));
      let asked: AskedModel[];
      try {
        asked = await askAll(served, rows, journal, context, simulator);
      } finally {
        await journal.close();
      }
      const report = buildEvaluationReport({
        server: served.server,
        file: basename(path) as EvaluationReport['rows']['file'],
        sha256: await sha256OfFile(path),
        rows,
        inFile: read.inFile,
        pack,
        settings: config.evaluation,
        teacher: measureTeacherRows(rows),
        asked,
        base: base === null ? null : { file: options.baseReport as string, ...base },
      });
      const page = reportPath.replace(/\.json$/, '.html');
      const { renderStudentPage } = await import('./page/render-student-page.ts');
      await writeIfChanged(reportPath, stringifyIndented(report));
      await writeIfChanged(page, renderStudentPage(report));
      // The figures of another report must not change whose analyses lie there for review.
      const isOwn = options.report === undefined;
      if (isOwn) await writeStudentLabels((asked[0] as AskedModel).answers, folder);
      return summarise(report, [reportPath, page], evaluationWarnings(report, journal.damagedLines));
    });
  } finally {
    await simulator?.close();
  }
}

const JOURNAL = 'evaluation_answers';

function fileOf(set: EvaluateOptions['set'], { folder }: RunContext): string {
  if (set === undefined) return existsSync(folder.test) ? folder.test : folder.val;
  return set === 'test' ? folder.test : folder.val;
}

/** The answers so far stay on the disk under another name. */
async function setJournalAside({ folder, clock }: RunContext): Promise<void> {
  const path = folder.journal(JOURNAL);
  if (!existsSync(path)) return;
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  await rename(path, path.replace(/\.jsonl$/, `.${stamp}.jsonl`));
}

async function askAll(
  served: Awaited<ReturnType<typeof servedModels>>,
  rows: readonly EvaluationRow[],
  journal: LabelJournal,
  context: RunContext,
  simulator: SimulatedEndpoint | null,
): Promise<AskedModel[]> {
  await requireModels(served, context);
  const asked: AskedModel[] = [];
  for (const { role, structured, teacher } of served.models) {
    const title = `evaluate ${teacher.model} ${structured ? 'structured' : 'free'}`;
    const answers = await askRows(teacher, rows, journal, context, title).catch((error: unknown) => {
      refuseKey(error, served.server);
      throw error;
    });
    const subject = { role, structured, model: teacher.model, isSimulated: simulator !== null };
    const report = await measureAnswers(answers, subject, async () => {
      await setImmediate();
      if (context.stop.aborted) throw new InterruptedError();
    });
    asked.push({ answers, report });
  }
  return asked;
}

function summarise(report: EvaluationReport, files: string[], warnings: string[]): PhaseSummary {
  const { rows, gate, subjects } = report;
  const figures: PhaseSummary['figures'] = { rows: rows.evaluated, gate: gate.passed ? 'passed' : 'missed' };
  for (const subject of subjects) {
    const name = subjectName(subject);
    if (subject.role !== 'teacher') {
      figures[`${name}: schema compliance`] = rounded(subject.schema_compliance);
    }
    figures[`${name}: without severe contradiction`] =
      subject.grounding === null
        ? null
        : `${subject.grounding.without_severe} of ${subject.grounding.labels}`;
    figures[`${name}: eight metrics`] = rounded(subject.metrics_total);
    if (subject.text !== null) figures[`${name}: chrF2 to the teacher`] = rounded(subject.text.prose.chrf2);
    if (subject.agreement !== null)
      figures[`${name}: fields as the teacher`] = rounded(subject.agreement.mean);
    if (subject.speed !== null)
      figures[`${name}: seconds p50`] = rounded(subject.speed.latency_ms.p50 / 1000);
  }
  return { phase: 'evaluate', exitCode: gate.passed ? EXIT.done : EXIT.failed, figures, files, warnings };
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)));
