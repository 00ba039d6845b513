import { jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import { UsageError } from '../errors.ts';
import { evaluationReportSchema } from './evaluation-report.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { SubjectReport } from './subject-report.ts';

/**
 * What an earlier evaluation says of the model that it asked, as the base model of this one.
 *
 * @throws UsageError when the file is no report of an evaluation
 */
export async function readBaseReport(
  path: string,
): Promise<{ subjects: SubjectReport[]; rows: EvaluationReport['rows'] }> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): check --base-report`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON (${jsonFaultOf(error)}): check --base-report`);
  }
  const parsed = evaluationReportSchema.safeParse(value);
  if (!parsed.success) {
    throw new UsageError(
      `${path} is no report of an evaluation (${zodFaultOf(parsed.error)}): check --base-report`,
    );
  }
  const { subjects, rows } = parsed.data;
  const asked = subjects.filter(({ role }) => role === 'student');
  return { subjects: asked.map((subject) => ({ ...subject, role: 'base' })), rows };
}
