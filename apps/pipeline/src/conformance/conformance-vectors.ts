import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPromptPack, parseTopologyGraph, serviceCallSettings } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { answerVerdicts } from './answer-verdicts.ts';
import { contextVectors } from './context-vectors.ts';
import { graphVerdicts } from './graph-verdicts.ts';
import { makeCases } from './make-cases.ts';
import { numberVectors } from './number-vectors.ts';
import { packVectors } from './pack-vectors.ts';
import { sweptPlans } from './sweep.ts';

/** What the vectors are made from. */
export interface VectorFolders {
  /** Generated plans whose vectors hold everything: `{stem}/topology_graph.json`. */
  plans: string;
  /** Generated plans of which the vectors hold hashes. */
  sweep: string;
  /** An empty folder for files that are needed only while this runs. */
  scratch: string;
}

/** The generated plans behind the vectors. */
export const VECTOR_PLANS = { plans: { count: 12, seed: 11 }, sweep: { count: 32, seed: 2026 } } as const;

/** The vectors that hold TypeScript and Python together, as the files of `test-fixtures/conformance`. */
export async function conformanceVectors(folders: VectorFolders): Promise<Record<string, string>> {
  const graphs = graphVerdicts();
  const answers = answerVerdicts();
  const { graph, packs } = await packVectors(folders.scratch);
  return {
    'answers.json': inLines(answers.verdicts, { base: answers.base }, 'verdicts'),
    'cases.json': inLines(await makeCases(await readGraphs(folders.plans))),
    'contexts.json': inLines(contextVectors()),
    'graphs.json': inLines(graphs.verdicts, { base: graphs.base }, 'verdicts'),
    'numbers.json': inLines(numberVectors()),
    'packs.json': inLines(packs, { graph }, 'packs'),
    'shared.json': `${JSON.stringify(await sharedVectors(), null, 2)}\n`,
    'sweep.json': inLines(await sweptPlans(await readGraphs(folders.sweep))),
  };
}

async function readGraphs(folder: string): Promise<{ name: string; graph: TopologyGraph }[]> {
  const stems = (await readdir(folder)).sort();
  return Promise.all(
    stems.map(async (stem) => ({
      name: stem,
      graph: parseTopologyGraph(await readFile(join(folder, stem, 'topology_graph.json'), 'utf8')),
    })),
  );
}

async function sharedVectors(): Promise<object> {
  const pack = await loadPromptPack();
  return {
    pack: { name: pack.name, version: pack.version, hash: pack.hash, system_sha256: sha256Of(pack.system) },
    call_settings: {
      structured: JSON.stringify(serviceCallSettings({ structured: true })),
      free: JSON.stringify(serviceCallSettings({ structured: false })),
    },
  };
}

/** One line a vector, so that a change shows where it is; a list, or an object whose last key holds the list. */
function inLines(list: readonly object[], head?: object, key?: string): string {
  const lines = `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  if (head === undefined) return `${lines}\n`;
  return `${JSON.stringify(head).slice(0, -1)},"${key ?? ''}":${lines}}\n`;
}
