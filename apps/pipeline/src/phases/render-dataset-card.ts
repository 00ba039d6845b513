import type { SideStatistics } from './write-dataset-side.ts';

/** A drawing that made no row, and the first reason against it. */
export interface DroppedItem {
  id: string;
  reason: string;
}

export interface DatasetCardFacts {
  teacher: string;
  /** Rows by the model that labelled them. */
  labelled_by: Record<string, number>;
  prompt_pack: { name: string; version: string; hash: string };
  split: { seed: number; val_ratio: number; test_ratio: number };
  sampled: number;
  rows: number;
  dropped: readonly DroppedItem[];
  sides: Record<string, SideStatistics>;
}

/** `dataset_card.md`: what is in the data set and how it was made, for whoever finds it. */
export function renderDatasetCard(facts: DatasetCardFacts): string {
  const { teacher, labelled_by, prompt_pack: pack, split, sampled, rows, dropped, sides } = facts;
  const sideRows = Object.entries(sides).map(
    ([name, side]) =>
      `| ${name} | ${side.rows} | ${side.characters.min} / ${side.characters.mean} / ${side.characters.max} | ${counts(side.grades)} | ${counts(side.structure_types)} | ${counts(side.bay_counts)} |`,
  );
  const lines = [
    '# Floor-plan analysis data set',
    '',
    'Chat rows (system, user, assistant): an apartment floor plan as a graph with retrieved criteria, and its `FloorPlanAnalysis` as compact JSON.',
    '',
    `- Teacher: ${teacher}; rows by model: ${counts(labelled_by)}`,
    `- Prompt pack: ${pack.name} ${pack.version}, SHA-256 ${pack.hash}`,
    `- Split: shuffled with seed ${split.seed}, ${split.val_ratio * 100} % validation, ${split.test_ratio * 100} % test`,
    `- Drawings sampled: ${sampled}, rows: ${rows}, left out: ${dropped.length}`,
    ...(split.test_ratio === 0
      ? ['- There is no separate test set: an evaluation on `val` uses what early stopping has seen.']
      : []),
    '',
    '| side | rows | characters min / mean / max | grades | structure | bays |',
    '|---|---|---|---|---|---|',
    ...sideRows,
  ];
  if (dropped.length > 0) {
    lines.push('', '## Left out', '', '| drawing | reason |', '|---|---|');
    for (const { id, reason } of dropped)
      lines.push(`| ${id} | ${reason.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`);
  }
  return `${lines.join('\n')}\n`;
}

function counts(values: Record<string, number>): string {
  return Object.entries(values)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');
}
