import { jsonFaultOf } from '../json/json-fault-of.ts';
import { topologyGraphSchema } from './topology-graph.ts';
import type { TopologyGraph } from './topology-graph.ts';

/** The text is no topology graph. */
export class TopologyGraphError extends Error {
  override readonly name = 'TopologyGraphError';
  /** Where in the graph, as `nodes.3.area`; empty when the text is no JSON at all. */
  readonly path: string;

  constructor(path: string, detail: string) {
    const place = path === '' ? '' : `${path}: `;
    super(`no topology graph: ${place}${detail}`.replaceAll(/\s+/g, ' '));
    this.path = path;
  }
}

/**
 * Parses the text of `topology_graph.json`.
 *
 * @throws TopologyGraphError with the first fault.
 */
export function parseTopologyGraph(text: string): TopologyGraph {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TopologyGraphError('', jsonFaultOf(error));
  }
  const parsed = topologyGraphSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TopologyGraphError(issue?.path.join('.') ?? '', issue?.message ?? 'does not fit the schema');
}
