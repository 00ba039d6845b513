import { OVERALL_GRADES, STRUCTURE_TYPES } from '@arae/floorplan';
import type { FloorPlanAnalysis, PromptPack } from '@arae/floorplan';
import { chatRow, writeJsonLines } from '@arae/jsonl';
import type { ChatRow } from '@arae/jsonl';
import { InterruptedError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';
import { loadLabelItem } from './load-label-item.ts';
import { readLabel } from './read-label.ts';

/** What is known of the rows of one side of the split. */
export interface SideStatistics {
  rows: number;
  bytes: number;
  /** Characters of all three messages together. */
  characters: { min: number; mean: number; max: number };
  grades: Record<string, number>;
  structure_types: Record<string, number>;
  bay_counts: Record<string, number>;
}

/** Writes the rows of one side of the split, one at a time in memory, and counts what is in them. */
export async function writeDatasetSide(
  path: string,
  ids: readonly string[],
  winner: string,
  context: RunContext,
  pack: PromptPack,
): Promise<SideStatistics> {
  const { folder } = context;
  const lengths: number[] = [];
  const grades: Record<string, number> = Object.fromEntries(OVERALL_GRADES.map((grade) => [grade, 0]));
  const structureTypes: Record<string, number> = Object.fromEntries(STRUCTURE_TYPES.map((type) => [type, 0]));
  const bayCounts: Record<string, number> = {};

  // One row at a time is in memory.
  async function* rows(): AsyncGenerator<ChatRow> {
    for (const id of ids) {
      if (context.stop.aborted) throw new InterruptedError();
      const { prompt } = await loadLabelItem(id, folder, pack);
      const label = await readLabel(folder.label(id, winner));
      if (label.state !== 'valid') throw new Error(`${folder.label(id, winner)} changed while it was read`);
      const answer = JSON.stringify(label.analysis);
      lengths.push(prompt.system.length + prompt.user.length + answer.length);
      count(label.analysis);
      yield chatRow(prompt.system, prompt.user, answer);
    }
  }
  function count({ compliance, structure_type, bay_count }: FloorPlanAnalysis): void {
    add(grades, compliance?.overall_grade ?? 'none');
    add(structureTypes, structure_type);
    add(bayCounts, String(bay_count));
  }

  const written = await writeJsonLines(path, rows());
  return {
    rows: written.rows,
    bytes: written.bytes,
    characters: {
      min: lengths.length === 0 ? 0 : lengths.reduce((a, b) => Math.min(a, b)),
      mean: lengths.length === 0 ? 0 : Math.round(lengths.reduce((a, b) => a + b, 0) / lengths.length),
      max: lengths.reduce((a, b) => Math.max(a, b), 0),
    },
    grades,
    structure_types: structureTypes,
    bay_counts: bayCounts,
  };
}

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
