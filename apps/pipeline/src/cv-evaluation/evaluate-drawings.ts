import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateGraph, summariseEvaluations } from '@arae/cv-inference';
import type { EvaluationSummary, GraphEvaluation } from '@arae/cv-inference';
import { parseTopologyGraph } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { readSampledStems } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { listGraphs } from '../phases/list-graphs.ts';
import type { RunContext } from '../run-context.ts';
import { inFile, readInput } from '../tools/read-input.ts';

export interface EvaluatedDrawing {
  readonly stem: string;
  readonly truth: TopologyGraph;
  /** undefined where the data folder has no graph: all of it counts as missed. */
  readonly found: TopologyGraph | undefined;
  readonly evaluation: GraphEvaluation;
}

export interface CvEvaluation {
  readonly drawings: readonly EvaluatedDrawing[];
  readonly summary: EvaluationSummary;
  /** Drawings with a truth but without a graph. */
  readonly withoutGraph: readonly string[];
  /** Drawings of the sample that the truth does not know; they count for nothing. */
  readonly withoutTruth: readonly string[];
}

/**
 * Compares the graphs of the data folder with the true ones: those of the sample, or all true ones where there is no
 * sample.
 *
 * @param truthDir holds `{stem}/topology_graph.json`, itself or in `graphs/` or `output/`
 * @throws UsageError when a graph cannot be read or no drawing has a truth.
 */
export async function evaluateDrawings(context: RunContext, truthDir: string): Promise<CvEvaluation> {
  const { folder, limit } = context;
  const truths = new Map(
    (await listGraphs(graphFolder(truthDir), '--truth')).map(({ stem, path }) => [stem, path]),
  );
  const stems = existsSync(folder.sampledImages) ? await readSampledStems(folder) : [...truths.keys()];
  const asked = stems.slice(0, limit);
  const drawings: EvaluatedDrawing[] = [];
  for (const stem of asked) {
    const path = truths.get(stem);
    if (path === undefined) continue;
    const truth = await readGraph(path, '--truth');
    const own = folder.graph(stem);
    const found = existsSync(own) ? await readGraph(own, '--data') : undefined;
    drawings.push({ stem, truth, found, evaluation: evaluateGraph(truth, found) });
  }
  if (drawings.length === 0) {
    throw new UsageError(
      `${truthDir} has no true graph of these ${asked.length} drawings: check --truth and --data`,
    );
  }
  if (drawings.every(({ found }) => found === undefined)) {
    throw new UsageError(
      `${folder.outputFolder} has no graph of these drawings: run phase1 first, or check --data`,
    );
  }
  return {
    drawings,
    summary: summariseEvaluations(drawings.map(({ evaluation }) => evaluation)),
    withoutGraph: drawings.filter(({ found }) => found === undefined).map(({ stem }) => stem),
    withoutTruth: asked.filter((stem) => !truths.has(stem)),
  };
}

/** The generator writes `graphs/`, a data folder has `output/`. */
function graphFolder(truthDir: string): string {
  return (
    ['graphs', 'output'].map((name) => join(truthDir, name)).find((path) => existsSync(path)) ?? truthDir
  );
}

async function readGraph(path: string, flag: string): Promise<TopologyGraph> {
  const text = await readInput(path, flag);
  return inFile(path, () => parseTopologyGraph(text));
}
