import { createRandom, evaluateRubric, planViewOf } from '@arae/floorplan';
import {
  PASS_FAIL_METRICS,
  chooseWinner,
  comparePairwise,
  describeStep,
  mcNemar,
} from '@arae/quality-metrics';
import type { Decision, DecisionStep, McNemar, PairDifference } from '@arae/quality-metrics';
import type { PipelineConfig } from '../config/config-schema.ts';
import { MIXED, weightedTotal } from './measured-teacher.ts';
import type { MeasuredTeacher } from './measured-teacher.ts';
import { mixTeachers, preferenceOrder } from './mix-labels.ts';
import { gradesOf, reportOn } from './teacher-report.ts';
import type { TeacherReport } from './teacher-report.ts';

export type PassFailMetric = (typeof PASS_FAIL_METRICS)[number] | 'no_severe_contradiction';

export interface PassFailComparison extends McNemar {
  first: string;
  second: string;
  metric: PassFailMetric;
}

export interface NotedContradiction {
  stem: string;
  teacher: string;
  path: string;
  claim: unknown;
  fact: unknown;
  severity: 'severe' | 'minor';
}

/** The teachers side by side, and who wins by the rule. */
export interface TeacherComparison {
  teachers: TeacherReport[];
  differences: PairDifference[];
  passFail: PassFailComparison[];
  /** Grades by the table, as the graphs give them. */
  trueGrades: TeacherReport['grades'];
  /** Of the labels with most severe contradictions. */
  worst: NotedContradiction[];
  decision: Decision;
  /** Teachers in the order in which the mixed set prefers them. */
  preference: string[];
}

/** Contradictions that are listed, altogether and of one label. */
const WORST_LISTED = 40;
const WORST_OF_A_LABEL = 4;

/**
 * Compares the teachers over one sample. Where there are several, the set that mixes them stands beside them.
 *
 * @param measured all over the same drawings, at least one drawing
 */
export function compareTeachers(
  measured: readonly MeasuredTeacher[],
  { weights, threshold, minSchemaCompliance, seed }: PipelineConfig['comparison'],
): TeacherComparison {
  const teachers = measured.filter(({ kind }) => kind === 'teacher');
  const totals = new Map(teachers.map((teacher) => [teacher.name, meanTotal(teacher)]));
  function meanTotal({ labels }: MeasuredTeacher): number {
    return labels.reduce((sum, label) => sum + weightedTotal(label, weights), 0) / labels.length;
  }
  const decision = chooseWinner(
    teachers.map((teacher) => ({
      name: teacher.name,
      total: totals.get(teacher.name) as number,
      schemaCompliance: complianceOf(teacher),
      costPerLabel: teacher.costPerLabel,
      isReference: false,
    })),
    { threshold, minSchemaCompliance },
  );
  const preference = preferenceOrder(
    teachers.map(({ name }) => ({ name, total: totals.get(name) as number })),
    decision.winner,
  );
  const inOrder = preference.map((name) => teachers.find((one) => one.name === name) as MeasuredTeacher);
  const all = [
    ...teachers,
    ...(teachers.length > 1 ? [mixTeachers(inOrder)] : []),
    ...measured.filter(({ kind }) => kind === 'reference'),
  ];

  const { means, differences } = comparePairwise(
    all.map(({ name, labels }) => ({ name, values: labels.map((label) => weightedTotal(label, weights)) })),
    { threshold, random: createRandom(seed) },
  );
  return {
    teachers: all.map((teacher) => {
      const interval = means.get(teacher.name);
      if (interval === undefined) throw new Error(`no interval for ${teacher.name}`);
      return reportOn(teacher, interval, weights);
    }),
    differences,
    passFail: comparePassFail(all.filter(({ name }) => name !== MIXED)),
    trueGrades: gradesOf(
      (all[0]?.labels ?? []).map(({ label }) => evaluateRubric(planViewOf(label.graph)).grade),
    ),
    worst: worstContradictions(teachers),
    decision,
    preference,
  };
}

/** The decision with a person's choice laid over it. */
export function overrideWinner(decision: Decision, named: { name: string; reason: string }): Decision {
  const step: DecisionStep = {
    kind: 'override',
    name: named.name,
    byRule: decision.winner,
    reason: named.reason,
  };
  return {
    winner: named.name,
    steps: [...decision.steps, step],
    reasons: [...decision.reasons, describeStep(step)],
  };
}

function complianceOf({ labels }: MeasuredTeacher): number {
  return labels.reduce((sum, { metrics }) => sum + metrics.schema_compliance, 0) / labels.length;
}

function comparePassFail(all: readonly MeasuredTeacher[]): PassFailComparison[] {
  const results: PassFailComparison[] = [];
  for (const [index, first] of all.entries()) {
    for (const second of all.slice(index + 1)) {
      for (const metric of [...PASS_FAIL_METRICS, 'no_severe_contradiction'] as const) {
        const passes = first.labels.map(
          (label, item) =>
            [
              isPassed(label, metric),
              isPassed(second.labels[item] as (typeof second.labels)[0], metric),
            ] as const,
        );
        results.push({ first: first.name, second: second.name, metric, ...mcNemar(passes) });
      }
    }
  }
  return results;
}

function isPassed({ metrics, grounded }: MeasuredTeacher['labels'][number], metric: PassFailMetric): boolean {
  return (metric === 'no_severe_contradiction' ? grounded.metrics[metric] : metrics[metric]) === 1;
}

/** Of the labels with most severe contradictions first, the severe ones first. */
function worstContradictions(teachers: readonly MeasuredTeacher[]): NotedContradiction[] {
  return teachers
    .flatMap(({ name, labels }) =>
      labels.map(({ stem, grounded }) => ({ name, stem, grounded, count: grounded.contradictions.length })),
    )
    .filter(({ count }) => count > 0)
    .sort(
      (a, b) =>
        b.grounded.severe - a.grounded.severe ||
        b.count - a.count ||
        (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : a.name < b.name ? -1 : 1),
    )
    .flatMap(({ name, stem, grounded }) =>
      grounded.contradictions
        .toSorted((a, b) => Number(b.severity === 'severe') - Number(a.severity === 'severe'))
        .slice(0, WORST_OF_A_LABEL)
        .map((contradiction) => ({ ...contradiction, stem, teacher: name })),
    )
    .slice(0, WORST_LISTED);
}
