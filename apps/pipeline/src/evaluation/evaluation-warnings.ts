import type { EvaluationReport } from './evaluation-report.ts';
import { subjectName } from './subject-name.ts';

/** What the reader of the summary must know beside the figures. */
export function evaluationWarnings(report: EvaluationReport, damagedLines: number): string[] {
  const { rows, gate, subjects, base_report: base } = report;
  const warnings: string[] = [];
  if (!gate.passed) {
    warnings.push(`schema compliance is under ${gate.min_schema_compliance}: ${gate.missed_by.join(', ')}`);
  }
  if (subjects.some(({ is_simulated }) => is_simulated)) {
    warnings.push('the simulator answered: this says nothing about a real model');
  }
  if (rows.seen_by_training) {
    warnings.push(
      'val.jsonl chose the best step of the training too: set dataset.testRatio for rows that it never saw',
    );
  }
  if (rows.without_graph.length > 0) {
    warnings.push(
      `${rows.without_graph.length} rows are of no drawing here (first: line ${rows.without_graph[0]}): their grounding is not known`,
    );
  }
  for (const subject of subjects) {
    const name = subjectName(subject);
    if (subject.unanswered.length > 0) {
      warnings.push(
        `${name}: ${subject.unanswered.length} rows got no answer and count as failed (${subject.unanswered[0]?.reason}): start again to ask them`,
      );
    }
    if (subject.thought_aloud > 0) {
      warnings.push(
        `${name}: ${subject.thought_aloud} answers think aloud: the server does not heed enable_thinking: false`,
      );
    }
  }
  if (base !== null && !base.same_rows) {
    warnings.push(`${base.file} is of other rows: its figures cannot be compared with these`);
  }
  if (damagedLines > 0) {
    warnings.push(
      `${damagedLines} lines of the journal cannot be read (torn by a kill, or damaged); they are passed over`,
    );
  }
  return warnings;
}
