import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPromptPack, parseTopologyGraph, serviceCallSettings } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { makeCases } from './make-cases.ts';

/**
 * The vectors that hold TypeScript and Python together, as the files of `test-fixtures/conformance`.
 *
 * @param graphsFolder of generated plans, `{stem}/topology_graph.json`
 */
export async function conformanceVectors(graphsFolder: string): Promise<Record<string, string>> {
  const stems = (await readdir(graphsFolder)).sort();
  const graphs = await Promise.all(
    stems.map(async (stem) => ({
      name: stem,
      graph: parseTopologyGraph(await readFile(join(graphsFolder, stem, 'topology_graph.json'), 'utf8')),
    })),
  );
  const pack = await loadPromptPack();
  const cases = await makeCases(graphs);
  return {
    // One line a case, so that a change shows where it is.
    'cases.json': `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
    'shared.json': `${JSON.stringify(
      {
        pack: {
          name: pack.name,
          version: pack.version,
          hash: pack.hash,
          system_sha256: sha256Of(pack.system),
        },
        call_settings: {
          structured: JSON.stringify(serviceCallSettings({ structured: true })),
          free: JSON.stringify(serviceCallSettings({ structured: false })),
        },
      },
      null,
      2,
    )}\n`,
  };
}

/** What the vectors are made from. */
export const VECTOR_PLANS = { count: 12, seed: 11 } as const;
