import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSafeStem } from '../data-folder.ts';
import { UsageError } from '../errors.ts';

export interface GraphFile {
  stem: string;
  path: string;
}

/**
 * The ready graphs of a folder, `{stem}/topology_graph.json` or `{stem}.json`, sorted by stem.
 *
 * @param flag what the user named the folder with
 * @throws UsageError when there is no such folder or it holds no graphs.
 */
export async function listGraphs(folder: string, flag = '--import'): Promise<GraphFile[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(
      `the folder of graphs ${folder} cannot be read (${(error as NodeJS.ErrnoException).code}): check ${flag}`,
    );
  }
  const graphs: GraphFile[] = [];
  for (const entry of entries) {
    const inFolder = join(folder, entry.name, 'topology_graph.json');
    if (entry.isDirectory()) {
      if (existsSync(inFolder)) graphs.push({ stem: entry.name, path: inFolder });
    } else if (entry.name.endsWith('.json')) {
      graphs.push({ stem: entry.name.slice(0, -'.json'.length), path: join(folder, entry.name) });
    }
  }
  if (graphs.length === 0) {
    throw new UsageError(
      `${folder} holds no graphs ({stem}/topology_graph.json or {stem}.json): check ${flag}`,
    );
  }
  graphs.sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : 0));
  const bad = graphs.find(({ stem }, index) => !isSafeStem(stem) || stem === graphs[index + 1]?.stem);
  if (bad !== undefined)
    throw new UsageError(
      isSafeStem(bad.stem)
        ? `${folder}: "${bad.stem}" is there as a folder and as a file: remove one`
        : `${folder}: "${bad.stem}" cannot be the name of a drawing: rename it`,
    );
  return graphs;
}
