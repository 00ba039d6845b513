import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, parseTopologyGraph, planViewOf } from '@arae/floorplan';
import type { Random, TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { writePlans } from '@arae/plan-generator';

/** Plans that are generated; the items are variations of them. */
const PLANS = 200;
const SEED = 5;
const LABELS = [
  '침실',
  '드레스룸',
  '욕실',
  '발코니',
  '다용도실',
  '알파룸',
  '팬트리',
  '실외기실',
  '파우더룸',
  '현관',
];

/**
 * A data folder as it stands behind phase 4, with labels of the rules. The items are generated plans with other labels, windows and
 * areas, so that no two of them are nearly equal.
 */
export async function writeVariedLabels(folder: string, items: number): Promise<void> {
  const plans = join(folder, 'plans');
  await writePlans({ outDir: plans, count: PLANS, seed: SEED, drawings: false });
  const graphs = readdirSync(join(plans, 'graphs')).map((stem) =>
    parseTopologyGraph(readFileSync(join(plans, 'graphs', stem, 'topology_graph.json'), 'utf8')),
  );
  const random = createRandom(SEED);
  const chunks = Array.from({ length: 5 }, (_, index) => ({
    rank: index + 1,
    content:
      `평가 기준 ${index + 1}: 주요 실은 외기에 면한 창을 가져야 하며, 수납 면적은 전용면적의 10 % 이상이어야 한다. `.repeat(
        4,
      ),
    similarity: 0.8,
    source: 'bench',
  }));
  const stems = Array.from({ length: items }, (_, index) => `BENCH_${String(index).padStart(9, '0')}`);
  for (const [index, stem] of stems.entries()) {
    const graph = varied(graphs[index % graphs.length]!, stem, random);
    const item = join(folder, 'output', stem);
    mkdirSync(item, { recursive: true });
    writeFileSync(join(item, 'topology_graph.json'), JSON.stringify(graph));
    writeFileSync(
      join(item, 'rag_context.json'),
      JSON.stringify({ query: 'bench', retrieved_chunks: chunks }),
    );
    writeFileSync(
      join(item, 'llm_analysis_rule-based.json'),
      JSON.stringify(ruleBasedAnalysis(planViewOf(graph))),
    );
  }
  writeFileSync(join(folder, 'sampled_images.json'), JSON.stringify(stems));
  writeFileSync(join(folder, 'selected_model.txt'), 'rule-based\n');
}

function varied(graph: TopologyGraph, stem: string, random: Random): TopologyGraph {
  return {
    ...graph,
    image_info: { ...graph.image_info, file_name: `${stem}.PNG` },
    nodes: graph.nodes.map((node) => {
      const { windows } = node.contains.structures;
      return {
        ...node,
        label: random.integer(2) === 0 ? LABELS[random.integer(LABELS.length)]! : node.label,
        area_ratio: node.area_ratio === null ? null : (1 + random.integer(3000)) / 10_000,
        contains: {
          ...node.contains,
          structures: {
            ...node.contains.structures,
            windows: windows.flatMap((window) => Array.from({ length: random.integer(4) }, () => window)),
          },
        },
      };
    }),
  };
}
