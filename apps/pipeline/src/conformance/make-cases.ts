import {
  floorPlanAnalysisSchema,
  loadPromptPack,
  parseTopologyGraph,
  planViewOf,
  queryTextOf,
  renderLegacyGraph,
  renderPrompt,
  renderQwen3Question,
} from '@arae/floorplan';
import type { FloorPlanAnalysis, Prompt, RagContext, TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { findContradictions } from '@arae/quality-metrics';
import { sha256Of } from '../sha256-of.ts';
import { EDGE_CASES } from './edge-cases.ts';
import { MISTAKES } from './mistakes.ts';
import { trainingRowOf } from './training-row.ts';

/** A plan with everything that is made of it; texts that all plans share or that are long are given by their SHA-256. */
export interface ConformanceCase {
  name: string;
  /** The text of `topology_graph.json`. */
  graph: string;
  context: RagContext;
  query: string;
  /** The user message of the bundled pack. */
  user: string;
  /** Of the text that the chat template of Qwen3 makes of both messages. */
  question_sha256: string;
  /** Of the graph as the legacy rendering gives it. */
  legacy_sha256: string;
  analyses: {
    name: string;
    /** As it is read. */
    text: string;
    /** As a training row holds it. */
    answer: string;
    /** Of the line of the training row; null where a row would hold the control token. */
    row_sha256: string | null;
    control_token: string | null;
    contradictions: readonly object[];
  }[];
}

/** @param graphs of generated plans, which come before the edge cases */
export async function makeCases(
  graphs: readonly { name: string; graph: TopologyGraph }[],
): Promise<ConformanceCase[]> {
  const pack = await loadPromptPack();
  const texts = [
    // Outlines say nothing in a prompt and take most of the room.
    ...graphs.map(({ name, graph }) => ({
      name,
      text: JSON.stringify({ ...graph, nodes: graph.nodes.map((node) => ({ ...node, segmentation: null })) }),
    })),
    ...EDGE_CASES,
  ];
  return texts.map(({ name, text }, index) => {
    const graph = parseTopologyGraph(text);
    const context = contextOf(graph, index);
    const prompt = renderPrompt(pack, text, context);
    return {
      name,
      graph: text,
      context,
      query: queryTextOf(graph.statistics),
      user: prompt.user,
      question_sha256: sha256Of(renderQwen3Question(prompt)),
      legacy_sha256: sha256Of(renderLegacyGraph(text)),
      analyses: analysesOf(graph, prompt, mistakesOf(index, graphs.length)),
    };
  });
}

function contextOf(graph: TopologyGraph, index: number): RagContext {
  return {
    query: queryTextOf(graph.statistics),
    retrieved_chunks: Array.from({ length: index % 4 }, (_, rank) => ({
      rank: rank + 1,
      content: `기준 ${index}-${rank + 1}: "창"은 {topology_json}에 적힌 것만 본다.${rank === 1 ? '\n둘째 줄' : ''}`,
      similarity: 0.9 - rank / 10,
      source: '자체 점검',
    })),
  };
}

/** Two kinds of mistakes in turn for a generated plan, all for an edge case. */
function mistakesOf(index: number, generated: number): typeof MISTAKES {
  if (index >= generated) return MISTAKES;
  return [0, 1].map((offset) => MISTAKES[(2 * index + offset) % MISTAKES.length]!);
}

/** The right analysis and wrong ones. */
function analysesOf(
  graph: TopologyGraph,
  prompt: Prompt,
  wrong: typeof MISTAKES,
): ConformanceCase['analyses'] {
  const right = ruleBasedAnalysis(planViewOf(graph));
  return [{ name: 'right', make: (analysis: FloorPlanAnalysis) => analysis }, ...wrong].map(
    ({ name, make }) => {
      const text = JSON.stringify(make(structuredClone(right)));
      const analysis = floorPlanAnalysisSchema.parse(JSON.parse(text));
      const answer = JSON.stringify(analysis);
      return {
        name,
        text,
        answer,
        ...trainingRowOf(prompt, answer),
        contradictions: findContradictions(analysis, graph),
      };
    },
  );
}
