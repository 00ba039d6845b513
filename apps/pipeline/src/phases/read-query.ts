import { parseTopologyGraph, queryTextOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';

/** What a graph asks the criteria for, `missing` where there is no such file, or why it asks nothing. */
export type GraphQuery = { query: string } | { missing: true } | { reason: string };

export async function readQuery(graphPath: string): Promise<GraphQuery> {
  try {
    return { query: queryTextOf(parseTopologyGraph(await readTextFile(graphPath)).statistics) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { missing: true } : { reason: message };
  }
}
