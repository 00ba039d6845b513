import type { DatasetReport } from './dataset-report.ts';
import type { SideStatistics } from './side-statistics.ts';

/** Drawings that are named one by one; `stats_report.json` has all. */
const LISTED = 200;

/** `dataset_card.md`: what is in the data set and how it was made, for whoever finds it. */
export function renderDatasetCard(report: DatasetReport): string {
  const { prompt_pack: pack, split, length, leakage, truth, dropped, sides, warnings } = report;
  const lines = [
    '# Floor-plan analysis data set',
    '',
    'Chat rows (system, user, assistant): an apartment floor plan as a graph with retrieved criteria, and its `FloorPlanAnalysis` as compact JSON.',
    '',
    `- Teacher: ${report.teacher}; rows by model: ${counts(report.labelled_by)}`,
    `- Prompt pack: ${pack.name} ${pack.version}, SHA-256 ${pack.hash}`,
    `- Split: ${split.mode === 'group' ? 'equal and nearly equal rows on one side' : 'every row for itself'}, shuffled with seed ${split.seed}, ${split.val_ratio * 100} % validation, ${split.test_ratio * 100} % test`,
    `- Groups of equal or nearly equal rows: ${leakage.groups} with ${leakage.grouped_rows} rows, the largest ${leakage.largest_group}; on both sides: ${leakage.groups_on_both_sides}`,
    `- Length: \`max_seq_length\` ${length.max_seq_length} tokens (${length.counted_by === 'tokenizer' ? 'counted with the tokenizer' : 'estimated, no tokenizer was given'}), chat template of Qwen3 with thinking off; longer: ${length.over}`,
    `- Truth: rows may have ${truth.max_contradictions ?? 'any number of'} severe contradictions with their graph; left out for it ${truth.left_out}, still there ${truth.severe} severe and ${truth.minor} minor`,
    `- Drawings sampled: ${report.sampled}, rows: ${report.rows}, left out: ${dropped.length}`,
    ...(split.test_ratio === 0
      ? ['- There is no separate test set: an evaluation on `val` uses what early stopping has seen.']
      : []),
    '',
    '| side | rows | characters min / mean / max | tokens median / max | grades | structure | bays |',
    '|---|---|---|---|---|---|---|',
    ...Object.entries(sides).map(sideRow),
    '',
    'Beside the rows: `dataset_manifest.json` and `*.rows.jsonl` (what training compares with), `dataset_info.json` (LLaMA-Factory), `axolotl.yaml`, `stats_report.html`.',
  ];
  if (warnings.length > 0) lines.push('', '## Warnings', '', ...warnings.map((warning) => `- ${warning}`));
  if (dropped.length > 0) {
    lines.push('', '## Left out', '', '| drawing | reason |', '|---|---|');
    for (const { id, reason } of dropped.slice(0, LISTED)) {
      lines.push(`| ${id} | ${reason.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`);
    }
    if (dropped.length > LISTED)
      lines.push('', `And ${dropped.length - LISTED} more in \`stats_report.json\`.`);
  }
  return `${lines.join('\n')}\n`;
}

function sideRow([name, side]: [string, SideStatistics]): string {
  const { characters, tokens } = side;
  const lengths = tokens === null ? '–' : `${Math.round(tokens.median)} / ${tokens.max}`;
  return `| ${name} | ${side.rows} | ${characters.min} / ${characters.mean} / ${characters.max} | ${lengths} | ${counts(side.grades)} | ${counts(side.structure_types)} | ${counts(side.bay_counts)} |`;
}

function counts(values: Record<string, number>): string {
  return Object.entries(values)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');
}
