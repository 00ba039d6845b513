import { floorPlanAnalysisSchema, parseTopologyGraph, zodFaultOf } from '@arae/floorplan';
import { findContradictions } from '@arae/quality-metrics';
import type { Contradiction } from '@arae/quality-metrics';
import { UsageError } from '../errors.ts';
import { inFile, readInput } from './read-input.ts';

/** Holds one analysis against its graph. */
export async function checkAnalysis(topologyPath: string, analysisPath: string): Promise<Contradiction[]> {
  const graphText = await readInput(topologyPath, '--topology');
  const graph = inFile(topologyPath, () => parseTopologyGraph(graphText));
  const analysisText = await readInput(analysisPath, '--analysis');
  const value = inFile(analysisPath, (): unknown => JSON.parse(analysisText));
  const analysis = floorPlanAnalysisSchema.safeParse(value);
  if (!analysis.success) {
    throw new UsageError(`${analysisPath} is no FloorPlanAnalysis: ${zodFaultOf(analysis.error)}`);
  }
  return findContradictions(analysis.data, graph);
}
