import {
  evaluateRubric,
  loadPromptPack,
  parseTopologyGraph,
  planViewOf,
  queryTextOf,
  renderGroundedGraph,
  renderLegacyGraph,
  renderPrompt,
  renderQwen3Question,
  spellPythonFloat,
} from '@arae/floorplan';
import type { RagContext, Rubric, TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { sha256Of } from '../sha256-of.ts';
import { numberGraphs } from './number-vectors.ts';
import { readingGraphs } from './readings.ts';
import { trainingRowOf } from './training-row.ts';

/** A plan with the SHA-256 of everything that is made of it, and whole what is short. */
export interface SweptPlan {
  name: string;
  graph: string;
  query: string;
  rubric: {
    levels: Rubric['levels'];
    /** By its name; null in a plan without bedrooms. */
    main_bedroom: string | null;
    must_met: boolean;
    grade: string;
  };
  grounded_sha256: string;
  legacy_sha256: string;
  user_sha256: string;
  question_sha256: string;
  /** Of made graphs, whose texts are what is tried. */
  made?: {
    grounded: string;
    /** The analysis that follows from the graph, as the answer of a row. */
    answer: string;
    /** Of the line of the training row; null where a row would hold the control token. */
    row_sha256: string | null;
    control_token: string | null;
  };
}

const NO_CRITERIA: RagContext = { query: '', retrieved_chunks: [] };

/** @param graphs of generated plans */
export async function sweptPlans(
  graphs: readonly { name: string; graph: TopologyGraph }[],
): Promise<SweptPlan[]> {
  const pack = await loadPromptPack();
  const generated = graphs.map(({ name, graph }, index) => ({ name, text: slim(graph, index % 2 === 1) }));
  const made = [...readingGraphs(), ...numberGraphs()];
  return [...generated, ...made].map(({ name, text }, index): SweptPlan => {
    const graph = parseTopologyGraph(text);
    const prompt = renderPrompt(pack, text, NO_CRITERIA);
    const grounded = renderGroundedGraph(graph, { indent: 0 });
    const view = planViewOf(graph);
    const { levels, mainBedroom, mustMet, grade } = evaluateRubric(view);
    const answer = JSON.stringify(ruleBasedAnalysis(view));
    return {
      name,
      graph: text,
      query: queryTextOf(graph.statistics),
      rubric: { levels, main_bedroom: mainBedroom?.name ?? null, must_met: mustMet, grade },
      grounded_sha256: sha256Of(grounded),
      legacy_sha256: sha256Of(renderLegacyGraph(text)),
      user_sha256: sha256Of(prompt.user),
      question_sha256: sha256Of(renderQwen3Question(prompt)),
      ...(index < generated.length ? {} : { made: { grounded, answer, ...trainingRowOf(prompt, answer) } }),
    };
  });
}

/** Without places, which no prompt shows; spelled as Python writes its numbers where it is asked for. */
function slim(graph: TopologyGraph, isPython: boolean): string {
  const float = (value: number) => (isPython ? spellPythonFloat(value) : value);
  const things = (list: TopologyGraph['nodes'][number]['contains']['structures']['doors']) =>
    list.map((thing) => ({ ...thing, bbox: null }));
  return JSON.stringify({
    ...graph,
    nodes: graph.nodes.map((node) => ({
      ...node,
      bbox: null,
      segmentation: null,
      centroid: [0, 0],
      area: float(node.area),
      area_ratio: node.area_ratio === null ? null : float(node.area_ratio),
      contains: {
        ...node.contains,
        objects: node.contains.objects.map((object) => ({ ...object, bbox: [0, 0, 1, 1] })),
        structures: {
          doors: things(node.contains.structures.doors),
          windows: things(node.contains.structures.windows),
          walls: [],
        },
      },
    })),
    statistics: {
      ...graph.statistics,
      balcony_ratio: float(graph.statistics.balcony_ratio),
      windowless_ratio: float(graph.statistics.windowless_ratio),
    },
  });
}
