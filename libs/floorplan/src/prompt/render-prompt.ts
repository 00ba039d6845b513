import { renderRagContext } from '../context/rag-context.ts';
import type { RagContext } from '../context/rag-context.ts';
import { parseTopologyGraph } from '../schemas/parse-topology-graph.ts';
import type { TopologyGraph } from '../schemas/topology-graph.ts';
import type { PromptPack } from './prompt-pack.ts';
import { renderGroundedGraph } from './render-grounded-graph.ts';
import { renderLegacyGraph } from './render-legacy-graph.ts';

/** The two texts that a model is asked with. */
export interface Prompt {
  system: string;
  user: string;
}

/**
 * Builds the prompt of one plan. Teachers, training rows, evaluation and service all use this one function.
 *
 * @param graphText the text of `topology_graph.json` as it lies on the disk
 * @param graph what `parseTopologyGraph` makes of that text, where it is known already
 */
export function renderPrompt(
  pack: Pick<PromptPack, 'system' | 'userTemplate' | 'render'>,
  graphText: string,
  context: Pick<RagContext, 'retrieved_chunks'>,
  graph?: TopologyGraph,
): Prompt {
  const values: Record<string, string> = {
    topology_json:
      pack.render.mode === 'legacy'
        ? renderLegacyGraph(graphText)
        : renderGroundedGraph(graph ?? parseTopologyGraph(graphText), pack.render),
    rag_context: renderRagContext(context),
  };
  // One pass, so that a text from a drawing that looks like a placeholder stays what it is.
  const user = pack.userTemplate.replaceAll(
    /\{(topology_json|rag_context)\}/g,
    (_match, name: string) => values[name] as string,
  );
  return { system: pack.system, user };
}
