import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPromptPack } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { chatRow } from '@arae/jsonl';
import { dataFolder } from '../data-folder.ts';
import { evaluationReportSchema } from '../evaluation/evaluation-report.ts';
import type { EvaluationReport } from '../evaluation/evaluation-report.ts';
import type { SubjectReport } from '../evaluation/subject-report.ts';
import { loadLabelItem } from '../phases/load-label-item.ts';
import { changing, labelledFolder } from './labelled-folder.ts';
import { cli } from './test-workspace.ts';
import type { CliResult } from './test-workspace.ts';

export interface EvaluatedFolder {
  data: string;
  stems: string[];
  /** The teacher's answer to a question, as the row has it. */
  teacherTo: (messages: readonly { content: string }[]) => string;
  /** The teacher's answer, changed. */
  changed: (
    messages: readonly { content: string }[],
    change: (analysis: FloorPlanAnalysis) => void,
  ) => string;
  evaluate: (...flags: string[]) => Promise<CliResult>;
}

/** A data folder whose `val.jsonl` holds one row for each of its generated plans, and `evaluate` on it without long waits. */
export async function evaluatedFolder(count: number): Promise<EvaluatedFolder> {
  const { data, stems } = await labelledFolder(count, {
    openai: { label: changing(() => undefined), call: null },
  });
  const folder = dataFolder(data);
  const pack = await loadPromptPack();
  const answers = new Map<string, string>();
  const rows: string[] = [];
  for (const stem of stems) {
    const { prompt } = await loadLabelItem(stem, folder, pack);
    const answer = readFileSync(folder.label(stem, 'openai'), 'utf8');
    answers.set(prompt.user, answer);
    rows.push(JSON.stringify(chatRow(prompt.system, prompt.user, answer)));
  }
  writeFileSync(folder.val, `${rows.join('\n')}\n`);
  const config = join(data, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      labeling: { retry: { faultDelaysMs: [1, 1, 1] } },
      evaluation: { requestTimeoutMs: 20_000 },
    }),
  );
  const teacherTo: EvaluatedFolder['teacherTo'] = (messages) => answers.get(messages[1]?.content ?? '') ?? '';
  return {
    data,
    stems,
    teacherTo,
    changed(messages, change) {
      const analysis = JSON.parse(teacherTo(messages)) as FloorPlanAnalysis;
      change(analysis);
      return JSON.stringify(analysis);
    },
    evaluate: (...flags) => cli(['evaluate', '--data', data, '--config', config, ...flags], { cwd: data }),
  };
}

export const reportPath = (data: string) => join(data, 'qwen3_finetuned/evaluation_report.json');

export function reportOf(data: string, path = reportPath(data)): EvaluationReport {
  return evaluationReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

export function subject(
  report: EvaluationReport,
  role: SubjectReport['role'],
  structured: boolean | null,
): SubjectReport {
  const found = report.subjects.find((one) => one.role === role && one.structured === structured);
  if (found === undefined) throw new Error(`no ${role} in the report`);
  return found;
}
