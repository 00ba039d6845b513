import { createRandom, serviceCallSettings, shuffled } from '@arae/floorplan';
import type { FloorPlanAnalysis, PromptPack } from '@arae/floorplan';
import { parseAnswer } from '@arae/labelers';
import { BLEU_SIGNATURE, CHRF_SIGNATURE, findContradictions } from '@arae/quality-metrics';
import type { EvaluationConfig } from '../config/evaluation-schema.ts';
import type { RowAnswer } from './ask-rows.ts';
import type { EvaluationReport, EvaluationSample, GraphDenial } from './evaluation-report.ts';
import type { EvaluationRow } from './read-evaluation-rows.ts';
import { subjectName } from './subject-name.ts';
import type { SubjectReport } from './subject-report.ts';

/** A model with everything that it said. */
export interface AskedModel {
  answers: readonly RowAnswer[];
  report: SubjectReport;
}

export interface EvaluationFacts {
  server: string;
  file: EvaluationReport['rows']['file'];
  sha256: string;
  rows: readonly EvaluationRow[];
  inFile: number;
  pack: PromptPack;
  settings: EvaluationConfig;
  teacher: SubjectReport;
  /** At least the student in one way of asking, that first. */
  asked: readonly AskedModel[];
  base: { file: string; subjects: readonly SubjectReport[]; rows: EvaluationReport['rows'] } | null;
}

/** Puts together what `evaluation_report.json` says. It hangs on the answers alone: from the same journal comes the same report. */
export function buildEvaluationReport(facts: EvaluationFacts): EvaluationReport {
  const { rows, settings, asked, base, pack } = facts;
  const { temperature, max_tokens, chat_template_kwargs } = serviceCallSettings({ structured: false });
  const missedBy = asked.filter(
    ({ report }) => report.role === 'student' && report.schema_compliance < settings.minSchemaCompliance,
  );
  return {
    format: 'arae-evaluation/1',
    at: lastAnswerIn(asked),
    server: facts.server,
    rows: {
      file: facts.file,
      sha256: facts.sha256,
      in_file: facts.inFile,
      evaluated: rows.length,
      seen_by_training: facts.file === 'val.jsonl',
      without_graph: rows.flatMap(({ line, item }) => (item === null ? [line] : [])),
    },
    prompt_pack: { name: pack.name, version: pack.version, hash: pack.hash },
    call: {
      temperature,
      max_tokens,
      enable_thinking: chat_template_kwargs.enable_thinking,
      concurrency: settings.concurrency,
    },
    gate: {
      min_schema_compliance: settings.minSchemaCompliance,
      passed: missedBy.length === 0,
      missed_by: missedBy.map(({ report }) => subjectName(report)),
    },
    signatures: { chrf2: CHRF_SIGNATURE, bleu: BLEU_SIGNATURE, rouge_l: 'tok:char|f-measure|mean' },
    subjects: [facts.teacher, ...asked.map(({ report }) => report), ...(base?.subjects ?? [])],
    base_report:
      base === null
        ? null
        : {
            file: base.file,
            same_rows: base.rows.sha256 === facts.sha256 && base.rows.evaluated === rows.length,
          },
    samples: { seed: settings.seed, rows: samplesOf(facts) },
  };
}

/** ISO time; empty when nothing was answered. */
function lastAnswerIn(asked: readonly AskedModel[]): string {
  return asked
    .flatMap(({ answers }) => answers.flatMap(({ answer }) => (answer === null ? [] : [answer.at])))
    .reduce((last, at) => (at > last ? at : last), '');
}

function samplesOf({ rows, settings, asked }: EvaluationFacts): EvaluationSample[] {
  return shuffled(
    rows.map((_, index) => index),
    createRandom(settings.seed),
  )
    .slice(0, settings.samples)
    .sort((a, b) => a - b)
    .map((index) => {
      const row = rows[index] as EvaluationRow;
      const said = asked.map(({ answers }) => answers[index]?.answer ?? null);
      return {
        line: row.line,
        stem: row.item?.stem ?? null,
        teacher: row.teacherText,
        answers: said.map((answer) => answer?.text ?? null),
        against_graph: {
          teacher: denialOf(row.teacher, row),
          answers: said.map((answer) => {
            const parsed = answer === null ? null : parseAnswer(answer);
            return parsed?.isAccepted === true ? denialOf(parsed.analysis, row) : null;
          }),
        },
      };
    });
}

function denialOf(analysis: FloorPlanAnalysis, { item }: EvaluationRow): GraphDenial {
  if (item === null) return null;
  const contradictions = findContradictions(analysis, item.graph);
  const severe = contradictions.filter(({ severity }) => severity === 'severe').length;
  return { severe, minor: contradictions.length - severe };
}
