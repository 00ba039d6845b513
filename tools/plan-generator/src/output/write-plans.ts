import { join } from 'node:path';
import { loadAggregator } from '@arae/cv-inference';
import { stringifyIndented, type StructureType } from '@arae/floorplan';
import { writeFileAtomic } from '@arae/progress';
import { drawPlan } from '../drawing/draw-plan.ts';
import { generatePlan } from '../generate-plan.ts';

export interface WritePlansParams {
  /** How many plans; at least 1. */
  readonly count: number;
  /** Any 32-bit whole number. */
  readonly seed: number;
  /** Folder to write into; made if missing, files of the same name are replaced. */
  readonly outDir: string;
  /** Whether the drawings are written too: they take most of the time and the disk. */
  readonly drawings: boolean;
  /** Stops between two plans. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each plan. */
  readonly onProgress?: ((progress: WritePlansProgress) => void) | undefined;
}

export interface WritePlansProgress {
  readonly done: number;
  readonly total: number;
  readonly stem: string;
}

export interface WritePlansSummary {
  readonly count: number;
  readonly structureTypes: Readonly<Record<StructureType, number>>;
  /** Number of plans by number of bays. */
  readonly bayCounts: Readonly<Record<string, number>>;
}

/**
 * Writes plans 0 … count − 1 of a seed: `images/{fileName}`, `graphs/{stem}/topology_graph.json` and
 * `detections/{stem}.json`. The same arguments give the same bytes.
 *
 * @throws RangeError when count or seed is out of range; what `signal` gives as its reason when it aborts.
 */
export async function writePlans(params: WritePlansParams): Promise<WritePlansSummary> {
  const { count, seed, outDir, drawings, signal, onProgress } = params;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count must be 1 or more, not ${count}`);
  const aggregator = await loadAggregator();
  const structureTypes = { 판상형: 0, 타워형: 0, 혼합형: 0 };
  const bayCounts: Record<string, number> = {};
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    const plan = generatePlan({ seed, index });
    const { graph, text } = aggregator.aggregate(plan.detections);
    const files = [
      writeFileAtomic(join(outDir, 'detections', `${plan.stem}.json`), stringifyIndented(plan.detections)),
      writeFileAtomic(join(outDir, 'graphs', plan.stem, 'topology_graph.json'), text),
    ];
    if (drawings) {
      files.push(writeFileAtomic(join(outDir, 'images', plan.fileName), await drawPlan(plan)));
    }
    await Promise.all(files);
    const { structure_type, bay_count } = graph.statistics;
    structureTypes[structure_type]++;
    bayCounts[bay_count] = (bayCounts[bay_count] ?? 0) + 1;
    onProgress?.({ done: index + 1, total: count, stem: plan.stem });
  }
  return { count, structureTypes, bayCounts };
}
