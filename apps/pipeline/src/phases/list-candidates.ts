import { stat } from 'node:fs/promises';
import type { PipelineConfig } from '../config/config-schema.ts';
import { UsageError } from '../errors.ts';
import { listDrawings } from './list-drawings.ts';
import { listGraphs } from './list-graphs.ts';

/**
 * What phase 0 samples from, with sizes in bytes: the drawings, or, without a folder of them, the ready graphs that phase 1 will
 * import.
 *
 * @throws UsageError when there is neither, or the folder is empty.
 */
export async function listCandidates({
  images,
  topology,
}: Pick<PipelineConfig, 'images' | 'topology'>): Promise<{ name: string; size: number }[]> {
  if (images !== null) {
    const drawings = await listDrawings(images);
    if (drawings.length === 0) throw new UsageError(`${images} holds no .png drawings: check --images`);
    return drawings;
  }
  if (topology.importDir === null) {
    throw new UsageError('no folder of drawings: give --images DIR, or set "images" in the configuration');
  }
  const graphs = await listGraphs(topology.importDir);
  return Promise.all(
    graphs.map(async ({ stem, path }) => ({ name: `${stem}.json`, size: (await stat(path)).size })),
  );
}
