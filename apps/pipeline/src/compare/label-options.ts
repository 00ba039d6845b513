import { parseTopologyGraph } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import { groundLabel } from '@arae/quality-metrics';
import type { GroundedLabel, LabelOption, LabelUnderTest } from '@arae/quality-metrics';
import type { DataFolder } from '../data-folder.ts';
import { readLabel } from '../phases/read-label.ts';

export interface StoredLabel extends LabelOption {
  analysis: FloorPlanAnalysis;
  label: LabelUnderTest;
  grounded: GroundedLabel;
}

/** The labels of a drawing that there are, in the order of the teachers, each held against the graph. */
export async function labelOptions(
  stem: string,
  teachers: readonly string[],
  folder: DataFolder,
): Promise<StoredLabel[]> {
  const graph = parseTopologyGraph(await readTextFile(folder.graph(stem)));
  const options: StoredLabel[] = [];
  for (const teacher of teachers) {
    const file = await readLabel(folder.label(stem, teacher));
    if (file.state !== 'valid') continue;
    const { analysis } = file;
    const label: LabelUnderTest = { id: stem, graph, analysis, isJson: true, isRepaired: false };
    options.push({ teacher, analysis, label, grounded: groundLabel(label) });
  }
  return options;
}
