import { rm } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import { parseAnswer } from '@arae/labelers';
import type { PipelineConfig } from '../config/config-schema.ts';
import type { DataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { writeIfChanged } from '../phases/write-if-changed.ts';
import type { RowAnswer } from './ask-rows.ts';

/** The name under which the student's analyses lie beside those of the teachers, for the review page. */
export const STUDENT = 'student';

/** @throws UsageError when a teacher has the name already: its labels would be written over */
export function refuseTeacherOfThatName({ labeling }: PipelineConfig): void {
  if (STUDENT in labeling.teachers) {
    throw new UsageError(
      `"${STUDENT}" is the name under which evaluate writes its analyses: call the teacher something else`,
    );
  }
}

/** Writes `llm_analysis_student.json` of every drawing that has one now, and takes away those of drawings that were asked and have none. */
export async function writeStudentLabels(answers: readonly RowAnswer[], folder: DataFolder): Promise<number> {
  let written = 0;
  for (const { row, answer } of answers) {
    if (row.item === null) continue;
    const path = folder.label(row.item.stem, STUDENT);
    const parsed = answer === null ? null : parseAnswer(answer);
    if (parsed?.isAccepted === true) {
      await writeIfChanged(path, stringifyIndented(parsed.analysis));
      written++;
    } else await rm(path, { force: true });
  }
  return written;
}
