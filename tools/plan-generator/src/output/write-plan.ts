import { join } from 'node:path';
import type { loadAggregator } from '@arae/cv-inference';
import { stringifyIndented, type StructureType } from '@arae/floorplan';
import { writeFileAtomic } from '@arae/progress';
import { drawPlan } from '../drawing/draw-plan.ts';
import { generatePlan } from '../generate-plan.ts';

export interface WritePlanParams {
  readonly seed: number;
  readonly index: number;
  readonly outDir: string;
  readonly drawings: boolean;
}

/** What a written plan adds to the summary. */
export interface WrittenPlan {
  readonly stem: string;
  readonly structureType: StructureType;
  readonly bayCount: number;
}

/** Writes one plan: its detections, its graph and, where asked for, its drawing. */
export async function writePlan(
  { seed, index, outDir, drawings }: WritePlanParams,
  aggregator: Awaited<ReturnType<typeof loadAggregator>>,
): Promise<WrittenPlan> {
  const plan = generatePlan({ seed, index });
  const { graph, text } = aggregator.aggregate(plan.detections);
  const files = [
    writeFileAtomic(join(outDir, 'detections', `${plan.stem}.json`), stringifyIndented(plan.detections)),
    writeFileAtomic(join(outDir, 'graphs', plan.stem, 'topology_graph.json'), text),
  ];
  if (drawings) files.push(writeFileAtomic(join(outDir, 'images', plan.fileName), await drawPlan(plan)));
  await Promise.all(files);
  const { structure_type, bay_count } = graph.statistics;
  return { stem: plan.stem, structureType: structure_type, bayCount: bay_count };
}
