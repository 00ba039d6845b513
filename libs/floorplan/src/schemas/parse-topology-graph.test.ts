import { describe, expect, it } from 'vitest';
import { makeGraph } from '../testing/make-graph.ts';
import { TopologyGraphError, parseTopologyGraph } from './parse-topology-graph.ts';
import type { TopologyGraph } from './topology-graph.ts';

function valid(): TopologyGraph {
  return makeGraph([{ label: '거실' }, { label: '침실', ratio: null }], [[0, 1, 'door']]);
}

function faultOf(change: (graph: TopologyGraph) => void): TopologyGraphError {
  const graph = valid();
  change(graph);
  try {
    parseTopologyGraph(JSON.stringify(graph));
  } catch (error) {
    if (error instanceof TopologyGraphError) return error;
  }
  throw new Error('the graph was accepted');
}

describe('parseTopologyGraph', () => {
  it('gives the graph, with unknown fields', () => {
    const graph = { ...valid(), provenance: { tool: 'x' } };
    Object.assign(graph.nodes[0] as object, { note: 1 });
    Object.assign(graph.statistics, { more: true });
    expect(parseTopologyGraph(JSON.stringify(graph))).toEqual(graph);
  });

  it('accepts outlines without a box, coordinates that were not detected, and walls of any shape', () => {
    const graph = valid();
    Object.assign(graph.nodes[0] as object, { bbox: null, segmentation: [[1, null]] });
    Object.assign(graph.nodes[1] as object, { segmentation: null });
    graph.nodes[0]?.contains.structures.walls.push(null, 3, {});
    expect(parseTopologyGraph(JSON.stringify(graph))).toEqual(graph);
  });

  it('refuses what is no JSON, without a path', () => {
    expect(() => parseTopologyGraph('{')).toThrow(TopologyGraphError);
    expect(() => parseTopologyGraph('{')).toThrow(/^no topology graph: /);
  });

  it('says which node occurs twice', () => {
    const error = faultOf(({ nodes }) => nodes.push(nodes[0] as TopologyGraph['nodes'][number]));
    expect(error.path).toBe('nodes.2.node_id');
    expect(error.message).toBe('no topology graph: nodes.2.node_id: space_0 occurs twice');
  });

  it.each(['source_node', 'target_node'] as const)('says which edge leads to an unknown node (%s)', (end) => {
    const error = faultOf(({ edges }) => Object.assign(edges[0] as object, { [end]: 'space_9' }));
    expect(error.path).toBe(`edges.0.${end}`);
    expect(error.message).toContain('there is no node space_9');
  });

  it.each<[string, (graph: TopologyGraph) => unknown]>([
    ['nodes.0.area', ({ nodes }) => Object.assign(nodes[0] as object, { area: -1 })],
    [
      'nodes.1.contains.structures',
      ({ nodes }) => Object.assign(nodes[1]?.contains as object, { structures: [] }),
    ],
    [
      'edges.0.connection_type',
      ({ edges }) => Object.assign(edges[0] as object, { connection_type: 'stairs' }),
    ],
    [
      'statistics.structure_type',
      ({ statistics }) => Object.assign(statistics, { structure_type: '복도형' }),
    ],
    ['statistics.windowless_ratio', ({ statistics }) => Object.assign(statistics, { windowless_ratio: 101 })],
    ['statistics.bay_count', ({ statistics }) => Object.assign(statistics, { bay_count: 2.5 })],
    ['image_info.file_name', ({ image_info }) => Object.assign(image_info, { file_name: '' })],
  ])('names the place of a fault: %s', (path, change) => {
    expect(faultOf(change).path).toBe(path);
  });
});
