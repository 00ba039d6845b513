import type { SubjectReport } from './subject-report.ts';

/** How a subject is called in lines and figures. */
export function subjectName({ role, structured }: Pick<SubjectReport, 'role' | 'structured'>): string {
  return structured === null ? role : `${role} ${structured ? 'structured' : 'free'}`;
}
