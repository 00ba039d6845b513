import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTopologyGraph, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { writePlans } from '@arae/plan-generator';
import { onTestFinished } from 'vitest';

export interface LabelledFolder {
  readonly data: string;
  readonly images: string;
  readonly stems: readonly string[];
}

export interface LabelledFolderParams {
  readonly count: number;
  readonly drawings?: boolean;
  /** Changes one teacher's label. */
  readonly change?: (analysis: FloorPlanAnalysis, teacher: string) => void;
}

/** Generated plans labelled by two made-up teachers, "alpha" and "beta"; gone after the test. */
export async function labelledFolder(params: LabelledFolderParams): Promise<LabelledFolder> {
  const { count, drawings = false, change } = params;
  const data = mkdtempSync(join(tmpdir(), 'arae-review-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const plans = join(data, 'plans');
  await writePlans({ count, seed: 3, outDir: plans, drawings });
  const images = join(plans, 'images');
  mkdirSync(images, { recursive: true });
  renameSync(join(plans, 'graphs'), join(data, 'output'));
  const stems = readdirSync(join(data, 'output')).sort();
  for (const stem of stems) {
    const folder = join(data, 'output', stem);
    const graph = parseTopologyGraph(readFileSync(join(folder, 'topology_graph.json'), 'utf8'));
    for (const teacher of ['alpha', 'beta']) {
      const analysis = ruleBasedAnalysis(planViewOf(graph));
      change?.(analysis, teacher);
      writeFileSync(join(folder, `llm_analysis_${teacher}.json`), JSON.stringify(analysis, null, 2));
    }
  }
  writeFileSync(join(data, 'sampled_images.json'), JSON.stringify(stems));
  return { data, images, stems };
}
