import type { PromptPack } from '@arae/floorplan';
import type { DatasetConfig } from '../config/dataset-schema.ts';
import type { BatchCounter } from '@arae/jsonl';
import { countByCode } from './dropped-item.ts';
import type { DroppedItem, DropCode } from './dropped-item.ts';
import type { LengthVerdict } from './judge-lengths.ts';
import type { SideStatistics } from './side-statistics.ts';
import type { DatasetSplit } from './split-dataset.ts';

/** Bins of the lengths that are shown. */
const BIN = 512;

/** `stats_report.json`; the card and the page tell the same. */
export interface DatasetReport {
  teacher: string;
  /** Rows by the model that labelled them. */
  labelled_by: Record<string, number>;
  prompt_pack: { name: string; version: string; hash: string };
  split: {
    mode: DatasetConfig['split'];
    seed: number;
    val_ratio: number;
    test_ratio: number;
  };
  sampled: number;
  rows: number;
  length: {
    counted_by: BatchCounter['by'];
    max_seq_length: number;
    recommended_max_seq_length: number;
    over: number;
    over_length: DatasetConfig['overLength'];
    /** Rows by tokens, in steps of 512; `from` is within, `to` is not. Rows that were dropped for their length included. */
    histogram: { from: number; to: number; rows: number }[];
  };
  leakage: {
    near_duplicate: number;
    groups: number;
    grouped_rows: number;
    largest_group: number;
    groups_on_both_sides: number;
    held_rows_compared: number;
    nearest_pairs: { train: string; held: string; similarity: number; same_structure: boolean }[];
  };
  truth: {
    max_contradictions: number | null;
    /** Rows that were left out for what their graphs deny. */
    left_out: number;
    severe: number;
    minor: number;
  };
  format: { openai_fine_tuning: { is_accepted: boolean; faults: string[] } };
  dropped_by_reason: Partial<Record<DropCode, number>>;
  dropped: readonly DroppedItem[];
  warnings: string[];
  sides: Record<string, SideStatistics>;
  val_ids: string[];
  test_ids: string[];
}

export interface ReportInput {
  winner: string;
  labelledBy: Record<string, number>;
  pack: PromptPack;
  settings: DatasetConfig;
  sampled: number;
  counter: BatchCounter;
  lengths: LengthVerdict;
  /** Of all rows, also of those that were dropped for it. */
  tokens: readonly number[];
  split: DatasetSplit;
  sides: Record<string, SideStatistics>;
  dropped: readonly DroppedItem[];
}

export function datasetReport(input: ReportInput): DatasetReport {
  const { pack, settings, lengths, split, sides, dropped, counter } = input;
  const all = Object.values(sides);
  const byReason = countByCode(dropped);
  const sum = (count: (side: SideStatistics) => number) =>
    all.reduce((total, side) => total + count(side), 0);
  const idsOf = (side: 'val' | 'test') => split.sides[side].map(({ id }) => id).toSorted();
  const report: DatasetReport = {
    teacher: input.winner,
    labelled_by: input.labelledBy,
    prompt_pack: { name: pack.name, version: pack.version, hash: pack.hash },
    split: {
      mode: settings.split,
      seed: settings.seed,
      val_ratio: settings.valRatio,
      test_ratio: settings.testRatio,
    },
    sampled: input.sampled,
    rows: sum(({ rows }) => rows),
    length: {
      counted_by: counter.by,
      max_seq_length: lengths.maxSeqLength,
      recommended_max_seq_length: lengths.recommended,
      over: lengths.over,
      over_length: settings.overLength,
      histogram: histogramOf(input.tokens),
    },
    leakage: {
      near_duplicate: settings.nearDuplicate,
      groups: split.leakage.groups,
      grouped_rows: split.leakage.grouped,
      largest_group: split.leakage.largest,
      groups_on_both_sides: split.leakage.torn,
      held_rows_compared: split.leakage.nearest.compared,
      nearest_pairs: split.leakage.nearest.pairs.map(({ train, held, similarity, isSameStructure }) => ({
        train,
        held,
        similarity: Math.round(1000 * similarity) / 1000,
        same_structure: isSameStructure,
      })),
    },
    truth: {
      max_contradictions: settings.maxContradictions,
      left_out: byReason.contradicted ?? 0,
      severe: sum(({ contradictions }) => contradictions.severe),
      minor: sum(({ contradictions }) => contradictions.minor),
    },
    format: { openai_fine_tuning: openaiVerdict(sides, input.tokens) },
    dropped_by_reason: byReason,
    dropped,
    warnings: [],
    sides,
    val_ids: idsOf('val'),
    test_ids: idsOf('test'),
  };
  return { ...report, warnings: warningsOf(report) };
}

function histogramOf(tokens: readonly number[]): DatasetReport['length']['histogram'] {
  const bins: number[] = [];
  for (const count of tokens) {
    const bin = Math.floor(count / BIN);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return Array.from(bins, (rows, bin) => ({ from: bin * BIN, to: (bin + 1) * BIN, rows: rows ?? 0 })).filter(
    ({ rows }, bin) => rows > 0 || bins.slice(0, bin).some((count) => count > 0),
  );
}

/** Rows, roles and texts are right by how rows are made; what is left of OpenAI's rules for fine-tuning files are sizes. */
const OPENAI_LIMITS = { rows: 10, bytes: 512 * 1024 ** 2, tokens: 65_536 };

function openaiVerdict(
  sides: Record<string, SideStatistics>,
  tokens: readonly number[],
): DatasetReport['format']['openai_fine_tuning'] {
  const faults: string[] = [];
  const rows = sides['train']?.rows ?? 0;
  if (rows < OPENAI_LIMITS.rows) faults.push(`train has ${rows} rows, fewer than ${OPENAI_LIMITS.rows}`);
  for (const [name, { bytes }] of Object.entries(sides)) {
    if (bytes > OPENAI_LIMITS.bytes)
      faults.push(`${name} has ${bytes} bytes, more than ${OPENAI_LIMITS.bytes}`);
  }
  const long = tokens.filter((count) => count > OPENAI_LIMITS.tokens).length;
  if (long > 0) faults.push(`${long} rows have more than ${OPENAI_LIMITS.tokens} tokens`);
  return { is_accepted: faults.length === 0, faults };
}

function warningsOf(report: DatasetReport): string[] {
  const { sides, truth, leakage, length, dropped, rows, split } = report;
  const warnings: string[] = [];
  if (dropped.length > 0) {
    const reasons = Object.entries(report.dropped_by_reason).map(([code, count]) => `${code} ${count}`);
    warnings.push(
      `${dropped.length} drawings were left out (${reasons.join(', ')}), listed in stats_report.json`,
    );
  }
  for (const [grade, count] of Object.entries(sides['train']?.grades ?? {})) {
    const trained = sides['train']?.rows ?? 0;
    if (count > trained / 2) {
      warnings.push(`${count} of ${trained} training rows have the grade ${grade}: the set is unbalanced`);
    }
  }
  if (truth.left_out > (rows + truth.left_out) / 5) {
    warnings.push(
      `${truth.left_out} labels were left out for what their graphs deny: phase3 --verify 2 has teachers mend such labels`,
    );
  }
  if (leakage.groups_on_both_sides > 0) {
    warnings.push(
      `${leakage.groups_on_both_sides} groups of nearly equal rows lie on both sides: what is measured on the rows held back is too good; --split group keeps them together`,
    );
  }
  const wanted = split.val_ratio * rows;
  const held = sides['val']?.rows ?? 0;
  if (split.mode === 'group' && Math.abs(held - wanted) > Math.max(1, 0.01 * rows)) {
    warnings.push(
      `val has ${held} rows where ${Math.round(wanted)} were wanted: groups of up to ${leakage.largest_group} nearly equal rows stay together`,
    );
  }
  if (length.over > 0 && length.over_length === 'keep') {
    warnings.push(
      `${length.over} rows have more than ${length.max_seq_length} tokens and were kept: phase6 refuses them`,
    );
  }
  if (length.counted_by === 'estimate') {
    warnings.push(
      'lengths are estimated: --tokenizer DIR counts them with the tokenizer.json of the model, and phase6 can compare',
    );
  }
  return warnings;
}
