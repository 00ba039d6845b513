import { parseSpelledJson, parseTopologyGraph, stringifyIndented } from '@arae/floorplan';

/**
 * The graph of a worker's answer, `{topology_json}` as text or as an object, as the text of `topology_graph.json`. The name of
 * the drawing is put in: a worker sees a picture without one.
 *
 * @throws Error in one line for an answer without a graph, TopologyGraphError for one that does not fit the schema
 */
export function readWorkerGraph(output: unknown, fileName: string): string {
  const answer = (output as { topology_json?: unknown } | null | undefined)?.topology_json;
  if (answer === undefined || answer === null) {
    throw new Error(
      'the worker answered without topology_json: look whether the endpoint knows cv_inference',
    );
  }
  const given = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const text = withFileName(given, fileName);
  parseTopologyGraph(text);
  return text;
}

/** The text as it is where it says the name already, or is no graph at all, which the check tells. */
function withFileName(text: string, fileName: string): string {
  let graph: { image_info?: { file_name?: unknown } | null } | null;
  try {
    graph = parseSpelledJson(text) as typeof graph;
  } catch {
    return text;
  }
  const info = graph?.image_info;
  if (info === undefined || info === null || typeof info !== 'object') return text;
  return stringifyIndented({ ...graph, image_info: { ...info, file_name: fileName } });
}
