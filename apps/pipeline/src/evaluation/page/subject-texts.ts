import { escapeXml } from '../../escape-xml.ts';
import { both } from '../../page/bilingual.ts';
import type { SubjectReport } from '../subject-report.ts';

type Pair = readonly [korean: string, english: string];

const ROLES: Record<SubjectReport['role'], Pair> = {
  teacher: ['교사', 'teacher'],
  student: ['학생', 'student'],
  base: ['원본', 'base'],
};

function pairOf({ role, structured }: SubjectReport): Pair {
  const [korean, english] = ROLES[role];
  if (structured === null) return [korean, english];
  return structured
    ? [`${korean} · 구조화 출력`, `${english}, structured`]
    : [`${korean} · 자유 출력`, `${english}, free`];
}

export const subjectText = (subject: SubjectReport): string => both(...pairOf(subject));
/** For the titles of bars, in both languages. */
export const subjectTitle = (subject: SubjectReport): string => pairOf(subject).join(' / ');

/** The model that was asked, in small letters. */
export const modelText = ({ model }: SubjectReport): string =>
  model === null ? '' : `<br><small>${escapeXml(model)}</small>`;

export const subjectHead = (subject: SubjectReport): string => subjectText(subject) + modelText(subject);
