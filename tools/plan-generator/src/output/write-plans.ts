import { loadAggregator } from '@arae/cv-inference';
import type { StructureType } from '@arae/floorplan';
import { writePlan } from './write-plan.ts';
import type { WrittenPlan } from './write-plan.ts';
import { writePlansInThreads } from './write-plans-in-threads.ts';

export interface WritePlansParams {
  /** How many plans; at least 1. */
  readonly count: number;
  /** Any 32-bit whole number. */
  readonly seed: number;
  /** Folder to write into; made if missing, files of the same name are replaced. */
  readonly outDir: string;
  /** Whether the drawings are written too: they take most of the time and the disk. */
  readonly drawings: boolean;
  /** Threads; default 1, which writes in this one. The files are the same with any number. */
  readonly workers?: number | undefined;
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
 * `detections/{stem}.json`. The same arguments give the same bytes on the same machine.
 *
 * @throws RangeError when count, seed or workers is out of range; what `signal` gives as its reason when it aborts.
 */
export async function writePlans(params: WritePlansParams): Promise<WritePlansSummary> {
  const { count, workers = 1, signal, onProgress, ...each } = params;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count must be 1 or more, not ${count}`);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`workers must be 1 or more, not ${workers}`);
  }
  const structureTypes = { 판상형: 0, 타워형: 0, 혼합형: 0 };
  const bayCounts: Record<string, number> = {};
  let done = 0;
  const onWritten = ({ stem, structureType, bayCount }: WrittenPlan) => {
    structureTypes[structureType]++;
    bayCounts[bayCount] = (bayCounts[bayCount] ?? 0) + 1;
    onProgress?.({ done: ++done, total: count, stem });
  };
  const threads = Math.min(workers, count);
  if (threads > 1) await writePlansInThreads({ ...each, count, workers: threads, signal, onWritten });
  else {
    const aggregator = await loadAggregator();
    for (let index = 0; index < count; index++) {
      signal?.throwIfAborted();
      onWritten(await writePlan({ ...each, index }, aggregator));
    }
  }
  return { count, structureTypes, bayCounts };
}
