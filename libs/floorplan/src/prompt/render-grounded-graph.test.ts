import { describe, expect, it } from 'vitest';
import { planViewOf } from '../plan-view/plan-view-of.ts';
import { planViewSchema } from '../plan-view/plan-view.ts';
import { parseTopologyGraph } from '../schemas/parse-topology-graph.ts';
import { makeGraph } from '../testing/make-graph.ts';
import { readRealGraphs } from '../testing/real-graphs.ts';
import { SPACE_FIELDS, renderGroundedGraph } from './render-grounded-graph.ts';

const realGraphs = readRealGraphs();
const graph = makeGraph(
  [
    { label: '침실', category: '공간_침실', windows: 1 },
    { label: '침실', category: '공간_침실', doors: 1 },
  ],
  [[0, 1, 'open']],
);

describe('renderGroundedGraph', () => {
  it('shows the windows, doors and connections of every space in compact JSON', () => {
    expect(renderGroundedGraph(graph, { indent: 0 })).toBe(
      '{"image_name":"A.PNG","statistics":{"structure_type":"판상형","bay_count":3,"space_count":2,"inside_space_count":2,' +
        '"room_count":1,"bathroom_count":1,"balcony_count":0,"balcony_ratio":12.3456,"windowless_ratio":25},"spaces":[' +
        '{"name":"침실1","label":"침실","category":"침실","space_type":"개인공간","is_outside":false,"area_ratio":10,' +
        '"windows":["창호"],"doors":[],"objects":[],"connections":[{"to":"침실2","by":"open"}]},' +
        '{"name":"침실2","label":"침실","category":"침실","space_type":"개인공간","is_outside":false,"area_ratio":10,' +
        '"windows":[],"doors":["출입문"],"objects":[],"connections":[{"to":"침실1","by":"open"}]}]}',
    );
  });

  it('indents on request', () => {
    const indented = renderGroundedGraph(graph, { indent: 2 });
    expect(indented).toContain('\n  "spaces": [');
    expect(JSON.stringify(JSON.parse(indented))).toBe(renderGroundedGraph(graph, { indent: 0 }));
  });

  it.each([[[]], [['windows']], [['connections', 'label']]] as const)(
    'shows name, category and the fields %j',
    (fields) => {
      const { spaces } = JSON.parse(renderGroundedGraph(graph, { indent: 0, fields })) as {
        spaces: object[];
      };
      expect(Object.keys(spaces[0] as object).sort()).toEqual(['category', 'name', ...fields].sort());
    },
  );

  it('shows the same with all fields as without a choice', () => {
    expect(renderGroundedGraph(graph, { indent: 0, fields: SPACE_FIELDS })).toBe(
      renderGroundedGraph(graph, { indent: 0 }),
    );
  });

  it.skipIf(realGraphs === null)('can be read back as the view, for every real graph', () => {
    expect(realGraphs?.size).toBeGreaterThan(0);
    for (const [stem, text] of realGraphs ?? []) {
      const real = parseTopologyGraph(text);
      const view = planViewSchema.parse(JSON.parse(renderGroundedGraph(real, { indent: 0 })));
      expect(view, stem).toEqual(planViewOf(real));
      expect(new Set(view.spaces.map(({ name }) => name)).size).toBe(real.nodes.length);
      expect(view.spaces.flatMap(({ windows }) => windows).length, stem).toBeGreaterThan(0);
    }
  });
});
