import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changing } from './labelled-folder.ts';
import type { MadeUpTeacher } from './labelled-folder.ts';
import { temporaryFolder } from './test-workspace.ts';

export const CORRECT: MadeUpTeacher = { label: (analysis) => analysis };
/** Every other label has a wrong window, which is severe. */
export const HALF_WRONG: MadeUpTeacher = {
  label: changing(({ spaces: [first] }, index) => {
    if (first !== undefined && index % 2 === 0) first.has_window = !first.has_window;
  }),
};
/** The labels that the other gets right have a wrong window. */
export const OTHER_HALF_WRONG: MadeUpTeacher = {
  label: changing(({ spaces: [first] }, index) => {
    if (first !== undefined && index % 2 === 1) first.has_window = !first.has_window;
  }),
};
export const cheap = (teacher: MadeUpTeacher): MadeUpTeacher => ({
  ...teacher,
  call: () => ({ costUsd: 0.001 }),
});

export interface Report {
  winner: string | null;
  winner_by_rule: string | null;
  override: { name: string; reason: string } | null;
  reasons: string[];
  reasons_ko: string[];
  mixed_from: Record<string, number> | null;
  rule: { weights: string };
  teachers: {
    name: string;
    kind: string;
    total: number;
    total_interval: { low: number; mean: number; high: number };
    metrics: Record<string, number>;
    first_try_rate: number | null;
    cost_per_label_usd: number | null;
    by_origin: { origin: string; labels: number }[];
    contradictions: { severe: number };
  }[];
  differences: { first: string; second: string; low: number; high: number; verdict: string }[];
  pass_fail: { first: string; second: string; metric: string; only_first: number; p_value: number }[];
  worst_contradictions: { stem: string; teacher: string; severity: string }[];
  manual_reviews: {
    counted: number;
    stale: number;
    foreign: number;
    damaged: string[];
    pairs: {
      first: string;
      second: string;
      first_wins: number;
      second_wins: number;
      agreement_with_grounding: object;
    }[];
    reviewers: { reviewer: string; self_agreement: { count: number; of: number } | null }[];
  };
}

export const reportOf = (data: string) =>
  JSON.parse(readFileSync(join(data, 'quality_report.json'), 'utf8')) as Report;
export const pageOf = (data: string) => readFileSync(join(data, 'quality_report.html'), 'utf8');
export const winnerOf = (data: string) => readFileSync(join(data, 'selected_model.txt'), 'utf8');

/** A configuration that names what is compared; the models are never asked. */
export function comparing(teachers: readonly string[]): string {
  const path = join(temporaryFolder(), 'config.json');
  const own = teachers.filter((name) => !['openai', 'gemini', 'rule-based'].includes(name));
  writeFileSync(
    path,
    JSON.stringify({
      comparison: { teachers },
      labeling: {
        teachers: Object.fromEntries(own.map((name) => [name, { provider: 'openai', model: 'local' }])),
      },
    }),
  );
  return path;
}
