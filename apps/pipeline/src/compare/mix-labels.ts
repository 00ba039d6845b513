import { pickBetterLabel } from '@arae/quality-metrics';
import { MIXED } from './measured-teacher.ts';
import type { MeasuredLabel, MeasuredTeacher } from './measured-teacher.ts';

/**
 * The set that takes per drawing the label with fewer severe contradictions. Among labels that stand alike the first teacher's is
 * taken. It needs the labels of all teachers, so a label of it costs what they cost together.
 *
 * @param teachers in the order of preference, all over the same drawings
 */
export function mixTeachers(teachers: readonly MeasuredTeacher[]): MeasuredTeacher {
  const labels = (teachers[0]?.labels ?? []).map((first, index): MeasuredLabel => {
    const options = teachers.flatMap(({ name, labels: own }) => {
      const label = own[index] as MeasuredLabel;
      return label.label.analysis === null ? [] : [{ teacher: name, grounded: label.grounded, label }];
    });
    return pickBetterLabel(options)?.chosen.label ?? first;
  });
  const costs = teachers.map(({ costPerLabel }) => costPerLabel);
  return {
    name: MIXED,
    kind: 'mixed',
    model: null,
    labels,
    calls: null,
    costPerLabel: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    invalidFiles: 0,
    latenciesMs: [],
  };
}

/** The order in which the mixed set prefers teachers: the winner by the rule, then by total, then by name. */
export function preferenceOrder(
  teachers: readonly { name: string; total: number }[],
  winner: string | null,
): string[] {
  return teachers
    .toSorted(
      (a, b) =>
        Number(b.name === winner) - Number(a.name === winner) ||
        b.total - a.total ||
        (a.name < b.name ? -1 : 1),
    )
    .map(({ name }) => name);
}
