import { basename, extname, join } from 'node:path';
import { loadAggregator, parseDetections } from '@arae/cv-inference';
import { writeFileAtomic } from '@arae/progress';
import { readInput } from './read-input.ts';

export interface TopologyResult {
  file: string;
  /** The graph's file; null when the detections are no good. */
  graph: string | null;
  error: string | null;
}

/** Turns files of detections into graphs, `DIR/{name of FILE}.json`; a bad one does not stop the others. */
export async function makeTopology(files: readonly string[], outDir: string): Promise<TopologyResult[]> {
  const aggregator = await loadAggregator();
  const results: TopologyResult[] = [];
  for (const file of files) {
    try {
      const detections = parseDetections(await readInput(file, '--detections'), { file });
      const graph = join(outDir, `${basename(file, extname(file))}.json`);
      await writeFileAtomic(graph, aggregator.aggregate(detections).text);
      results.push({ file, graph, error: null });
    } catch (error) {
      results.push({ file, graph: null, error: (error as Error).message });
    }
  }
  return results;
}
