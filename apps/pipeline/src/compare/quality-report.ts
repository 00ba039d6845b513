import { GROUNDING_WEIGHTS, METRICS, describeStep } from '@arae/quality-metrics';
import type { Decision, Interval } from '@arae/quality-metrics';
import type { PipelineConfig } from '../config/config-schema.ts';
import type { TeacherComparison } from './compare-teachers.ts';
import type { ReviewIntake } from './read-reviews.ts';
import type { TeacherReport } from './teacher-report.ts';

/** Everything that `quality_report.json` and the page tell. */
export interface QualityReport {
  pack: { name: string; version: string; hash: string };
  /** Drawings that all teachers were asked about. */
  asked: number;
  sample: readonly string[];
  settings: PipelineConfig['comparison'];
  comparison: TeacherComparison;
  /** With a person's choice laid over the rule, where there is one. */
  decision: Decision;
  namedWinner: { name: string; reason: string } | null;
  reviews: ReviewIntake;
  /** Labels that the mixed set takes of each teacher; null when it was not built. */
  mixedFrom: Record<string, number> | null;
}

/** The report as it is written: plain JSON with snake_case keys. */
export function toReportJson(report: QualityReport): object {
  const { settings, comparison, decision, reviews } = report;
  return {
    prompt_pack: report.pack,
    sample: { asked: report.asked, size: report.sample.length, seed: settings.seed, stems: report.sample },
    weights: Object.fromEntries(Object.entries(METRICS).map(([name, { weight }]) => [name, weight])),
    grounding_weights: GROUNDING_WEIGHTS,
    rule: {
      weights: settings.weights,
      threshold: settings.threshold,
      min_schema_compliance: settings.minSchemaCompliance,
    },
    teachers: comparison.teachers.map(teacherJson),
    rubric_grades: comparison.trueGrades,
    differences: comparison.differences.map(({ first, second, verdict, furtherItems, ...interval }) => ({
      first,
      second,
      ...intervalJson(interval),
      verdict,
      further_items: furtherItems,
    })),
    pass_fail: comparison.passFail.map(({ first, second, metric, onlyFirst, onlySecond, pValue }) => ({
      first,
      second,
      metric,
      only_first: onlyFirst,
      only_second: onlySecond,
      p_value: pValue,
    })),
    worst_contradictions: comparison.worst,
    manual_reviews: reviewsJson(reviews),
    mixed_from: report.mixedFrom,
    winner: decision.winner,
    winner_by_rule: comparison.decision.winner,
    override: report.namedWinner,
    reasons: decision.reasons,
    reasons_ko: decision.steps.map((step) => describeStep(step, 'ko')),
  };
}

function teacherJson(teacher: TeacherReport): object {
  const { grounding } = teacher;
  return {
    name: teacher.name,
    kind: teacher.kind,
    model: teacher.model,
    is_reference: teacher.kind === 'reference',
    total: teacher.total,
    total_interval: intervalJson(teacher.totalInterval),
    metrics: teacher.scores.metrics,
    metrics_total: teacher.scores.total,
    grounding: {
      total: grounding.total,
      metrics: grounding.metrics,
      contradictions_per_label: grounding.contradictions.perLabel,
      severe_per_label: grounding.contradictions.severePerLabel,
      invented_spaces: grounding.inventedSpaces,
      grades_against_rubric: grounding.grades,
      claims: grounding.kinds,
    },
    contradictions: grounding.contradictions,
    first_try_rate: teacher.firstTry,
    by_origin: teacher.origins.map(({ origin, labels, total, contradictionsPerLabel }) => ({
      origin,
      labels,
      total,
      contradictions_per_label: contradictionsPerLabel,
    })),
    simulated_labels: teacher.simulated,
    invalid_files: teacher.invalidFiles,
    cost_per_label_usd: teacher.costPerLabel,
    tokens_per_label: teacher.tokensPerLabel,
    answers_per_label: teacher.answersPerLabel,
    latency_ms: teacher.latencyMs,
    grades: teacher.grades,
    characters: teacher.characters,
    comment_characters: teacher.commentCharacters,
  };
}

function reviewsJson({ summary, stale, foreign, damaged }: ReviewIntake): object {
  return {
    counted: summary?.reviews ?? 0,
    stale,
    foreign,
    damaged,
    ...(summary === null
      ? {}
      : {
          pairs: summary.pairs.map((pair) => ({
            first: pair.first,
            second: pair.second,
            items: pair.items,
            first_wins: pair.firstWins,
            second_wins: pair.secondWins,
            equal: pair.equal,
            both_bad: pair.bothBad,
            first_win_rate: pair.winRate,
            agreement_with_metrics: pair.agreementWithMetrics,
            agreement_with_grounding: pair.agreementWithGrounding,
          })),
          reviewers: summary.reviewers.map((reviewer) => ({
            reviewer: reviewer.reviewer,
            items: reviewer.items,
            self_agreement: reviewer.selfAgreement,
            contradictions_shown: reviewer.contradictionsShown,
            median_seconds: reviewer.medianSeconds,
          })),
          reviewer_agreement: summary.reviewerAgreement,
          scores: summary.scores,
        }),
  };
}

function intervalJson({ mean, low, high }: Interval): Interval {
  return { mean, low, high };
}
