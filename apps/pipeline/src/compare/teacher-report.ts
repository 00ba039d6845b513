import { OVERALL_GRADES } from '@arae/floorplan';
import type { OverallGrade } from '@arae/floorplan';
import { meanScores, scoreGrounding } from '@arae/quality-metrics';
import type { GroundingScores, Interval, Scores } from '@arae/quality-metrics';
import { LABEL_ORIGINS, weightedTotal } from './measured-teacher.ts';
import type { LabelOrigin, MeasuredLabel, MeasuredTeacher, Weights } from './measured-teacher.ts';
import { spreadOf } from './spread-of.ts';
import type { Spread } from './spread-of.ts';

/** Labels that came about in the same way. */
export interface OriginReport {
  origin: LabelOrigin;
  labels: number;
  /** Mean weighted total, 0–1. */
  total: number;
  /** Null for items without a label. */
  contradictionsPerLabel: number | null;
}

export interface TeacherReport {
  name: string;
  kind: MeasuredTeacher['kind'];
  model: string | null;
  /** By the weights that decide, 0–1. */
  total: number;
  totalInterval: Interval;
  scores: Scores;
  grounding: GroundingScores;
  /** Share of the sample whose first answer was accepted without repair; null when the making of the labels is not known. */
  firstTry: number | null;
  origins: OriginReport[];
  simulated: number;
  invalidFiles: number;
  costPerLabel: number | null;
  /** Per label of the sample; null when not known. */
  tokensPerLabel: { input: number; output: number } | null;
  answersPerLabel: number | null;
  latencyMs: Spread | null;
  /** Labels by grade; `none` without a compliance or with another word. */
  grades: Record<OverallGrade | 'none', number>;
  /** Characters of a label as compact JSON. */
  characters: Spread | null;
  /** Characters of the comment on a space. */
  commentCharacters: Spread | null;
}

/** The figures of one teacher. */
export function reportOn(teacher: MeasuredTeacher, totalInterval: Interval, weights: Weights): TeacherReport {
  const { labels, calls } = teacher;
  const made = labels.flatMap(({ label }) => (label.analysis === null ? [] : [label.analysis]));
  return {
    name: teacher.name,
    kind: teacher.kind,
    model: teacher.model,
    total: totalInterval.mean,
    // A total lies between 0 and 1, whatever the stretch of an interval.
    totalInterval: {
      ...totalInterval,
      low: Math.max(0, totalInterval.low),
      high: Math.min(1, totalInterval.high),
    },
    scores: meanScores(labels.map(({ metrics }) => metrics)),
    grounding: scoreGrounding(
      labels.map(({ grounded }) => grounded),
      labels.map(({ label }) => label.analysis !== null),
    ),
    firstTry: firstTryRate(teacher),
    origins: LABEL_ORIGINS.flatMap((origin) => reportOnOrigin(labels, origin, weights)),
    simulated: (calls ?? []).filter(({ isSimulated }) => isSimulated).length,
    invalidFiles: teacher.invalidFiles,
    costPerLabel: teacher.costPerLabel,
    ...usageOf(teacher, made.length),
    latencyMs: spreadOf(teacher.latenciesMs),
    grades: gradesOf(made.map(({ compliance }) => compliance?.overall_grade)),
    characters: spreadOf(made.map((analysis) => JSON.stringify(analysis).length)),
    commentCharacters: spreadOf(
      made.flatMap(({ spaces }) => spaces.map(({ evaluation_comment: text }) => [...text.trim()].length)),
    ),
  };
}

export function gradesOf(grades: Iterable<string | undefined>): TeacherReport['grades'] {
  const counts = Object.fromEntries([...OVERALL_GRADES, 'none'].map((grade) => [grade, 0]));
  for (const grade of grades) {
    const key = grade !== undefined && Object.hasOwn(counts, grade) ? grade : 'none';
    counts[key] = (counts[key] as number) + 1;
  }
  return counts as TeacherReport['grades'];
}

function firstTryRate({ kind, calls, labels }: MeasuredTeacher): number | null {
  if (calls === null && kind === 'teacher') return null;
  return labels.filter(({ origin }) => origin === 'first_try').length / Math.max(1, labels.length);
}

function reportOnOrigin(
  labels: readonly MeasuredLabel[],
  origin: LabelOrigin,
  weights: Weights,
): OriginReport[] {
  const group = labels.filter((label) => label.origin === origin);
  if (group.length === 0) return [];
  const mean = (valueOf: (label: MeasuredLabel) => number) =>
    group.reduce((sum, label) => sum + valueOf(label), 0) / group.length;
  return [
    {
      origin,
      labels: group.length,
      total: mean((label) => weightedTotal(label, weights)),
      contradictionsPerLabel:
        origin === 'failed' ? null : mean(({ grounded }) => grounded.contradictions.length),
    },
  ];
}

function usageOf(
  { calls }: MeasuredTeacher,
  labels: number,
): Pick<TeacherReport, 'tokensPerLabel' | 'answersPerLabel'> {
  if (calls === null || labels === 0) return { tokensPerLabel: null, answersPerLabel: null };
  const sum = (key: 'inputTokens' | 'outputTokens' | 'answers') =>
    calls.reduce((total, call) => total + call[key], 0);
  return {
    tokensPerLabel: { input: sum('inputTokens') / labels, output: sum('outputTokens') / labels },
    answersPerLabel: sum('answers') / labels,
  };
}
