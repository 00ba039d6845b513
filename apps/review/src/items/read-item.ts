import { createHash } from 'node:crypto';
import { floorPlanAnalysisSchema, parseTopologyGraph } from '@arae/floorplan';
import type { FloorPlanAnalysis, TopologyGraph } from '@arae/floorplan';
import { readSmallFile, readTextFile } from '@arae/progress';
import type { Side } from '../contract.ts';
import { RefusedError } from '../errors.ts';
import type { Showing } from './plan-showings.ts';
import { graphPath, labelPath, type ReviewFolder } from './review-folder.ts';

/** What is on the disk of one showing. */
export interface Item {
  readonly graph: TopologyGraph;
  readonly teachers: Readonly<Record<Side, string>>;
  readonly analyses: Readonly<Record<Side, FloorPlanAnalysis>>;
  readonly hashes: Readonly<Record<Side, string>>;
}

/** @throws RefusedError 422 when there is no graph that can be read */
export async function readGraph({ root }: ReviewFolder, stem: string): Promise<TopologyGraph> {
  try {
    return parseTopologyGraph(await readTextFile(graphPath(root, stem)));
  } catch {
    throw new RefusedError(422, `${stem}: its graph cannot be read`);
  }
}

/** @throws RefusedError 422 when a file of the drawing cannot be read; its message names no teacher */
export async function readItem(
  { root, teachers }: ReviewFolder,
  { stem, isSwapped }: Showing,
): Promise<Item> {
  const [left, right] = isSwapped ? [teachers[1], teachers[0]] : teachers;
  const read = async (teacher: string) => {
    const bytes = await readSmallFile(labelPath(root, stem, teacher));
    return {
      analysis: floorPlanAnalysisSchema.parse(JSON.parse(bytes.toString('utf8'))),
      hash: createHash('sha256').update(bytes).digest('hex'),
    };
  };
  try {
    const graph = parseTopologyGraph(await readTextFile(graphPath(root, stem)));
    const [a, b] = [await read(left), await read(right)];
    return {
      graph,
      teachers: { left, right },
      analyses: { left: a.analysis, right: b.analysis },
      hashes: { left: a.hash, right: b.hash },
    };
  } catch {
    // The reason may hold a path, and with it the name of a teacher.
    throw new RefusedError(422, `${stem}: its graph or one of its labels cannot be read`);
  }
}

/** Null when there is no such file any more. */
export async function hashOfLabel(
  { root }: ReviewFolder,
  stem: string,
  teacher: string,
): Promise<string | null> {
  return readSmallFile(labelPath(root, stem, teacher)).then(
    (bytes) => createHash('sha256').update(bytes).digest('hex'),
    () => null,
  );
}
