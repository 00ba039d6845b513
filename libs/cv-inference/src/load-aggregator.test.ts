import { topologyGraphSchema } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { startGeos } from './geometry/start-geos.ts';
import { loadAggregator } from './load-aggregator.ts';
import { makeDetections, space, structure } from './testing/make-detections.ts';

const { aggregate } = await loadAggregator();
const graphOf = (content: Parameters<typeof makeDetections>[0]) => aggregate(makeDetections(content)).graph;

/** Two rooms with a gap of 8 px between them: near enough to be adjacent. */
const LIVING_ROOM = space('거실', [100, 100, 200, 200]);
const BEDROOM = space('침실', [308, 100, 200, 200]);

describe('nodes', () => {
  it('take label, type and contents from what lies in them', () => {
    const { graph, text } = aggregate(
      makeDetections({
        spaces: [LIVING_ROOM, BEDROOM],
        texts: [['안방', 400, 200]],
        structures: [structure(3, '창호', [308, 296, 50, 8])],
        objects: [{ id: 9, category_id: 6, category_name: '객체_싱크대', bbox: [150, 150, 20, 20] }],
      }),
    );
    expect(topologyGraphSchema.parse(graph)).toEqual(graph);
    expect(JSON.parse(text)).toEqual(graph);
    expect(graph.nodes).toMatchObject([
      { node_id: 'space_0', label: '거실', space_type: '공통공간', area_ratio: 0.5, centroid: [200, 200] },
      { node_id: 'space_1', label: '안방', space_type: '개인공간', area_ratio: 0.5, centroid: [408, 200] },
    ]);
    expect(graph.nodes.map(({ contains }) => contains)).toMatchObject([
      { objects: [{ object_id: 'obj_9' }], ocr_labels: [], structures: { doors: [], windows: [] } },
      {
        objects: [],
        ocr_labels: ['안방'],
        structures: { windows: [{ structure_id: 'str_3', type: '창호' }] },
      },
    ]);
  });

  it('spell numbers as they came, and computed floats as floats', () => {
    const { text } = aggregate(makeDetections({ spaces: [LIVING_ROOM, { ...BEDROOM, area: 40_000 }] }));
    expect(text).toContain('"area": 40000.0,');
    expect(text).toContain('"area": 40000,');
    expect(text).toContain('"area_ratio": 0.5,');
    expect(text).toContain('"total_space_area": 80000.0,');
    expect(text).toContain('"balcony_ratio": 0.0,');
    expect(text).toContain('"windowless_ratio": 100.0');
  });

  it('have no area ratio outside', () => {
    const { nodes } = graphOf({ spaces: [space('계단실', [0, 0, 50, 50])] });
    expect(nodes).toMatchObject([{ is_outside: true, space_type: '외부공간', area_ratio: null }]);
  });

  it('go by the bbox, border included, where there is no outline', () => {
    const spaces = [space('거실', [100, 100, 200, 200], { segmentation: null })];
    const { nodes } = graphOf({ spaces, texts: [['리빙', 100, 300]] });
    expect(nodes).toMatchObject([{ label: '리빙', segmentation: null, centroid: [200, 200] }]);
    expect(graphOf({ spaces: [LIVING_ROOM], texts: [['리빙', 100, 300]] }).nodes).toMatchObject([
      { label: '거실' },
    ]);
  });

  it('cannot do without the id of an object in them', () => {
    const objects = [{ category_id: 6, category_name: '객체_싱크대', bbox: [150, 150, 20, 20] as never }];
    expect(() => graphOf({ spaces: [LIVING_ROOM], objects })).toThrow('plan.png: obj[0].id: missing');
    expect(graphOf({ spaces: [BEDROOM], objects }).nodes).toHaveLength(1);
  });
});

describe('splitting', () => {
  const hall = space('침실', [100, 100, 400, 200]);
  const twoBedrooms = [
    ['침실1', 200, 200],
    ['안방', 400, 200],
  ] as const;

  it('follows a wall between two labels of one kind, with 2 px to each side', () => {
    const structures = [structure(0, '벽체', [250, 90, 10, 220])];
    const { nodes } = graphOf({ spaces: [hall], texts: twoBedrooms, structures });
    expect(nodes).toMatchObject([
      { label: '침실1', bbox: [100, 100, 148, 200], area: 29_600 },
      { label: '안방', bbox: [262, 100, 238, 200], area: 47_600 },
    ]);
  });

  it.each([
    ['there is no wall', []],
    ['the wall leaves one piece', [structure(0, '벽체', [250, 90, 10, 100])]],
    ['the wall is not between the labels', [structure(0, '벽체', [450, 250, 10, 220])]],
  ])('takes the middle when %s', (_case, structures) => {
    const { nodes } = graphOf({ spaces: [hall], texts: twoBedrooms, structures });
    expect(nodes.map(({ label, bbox }) => [label, bbox])).toEqual([
      ['침실1', [100, 100, 200, 200]],
      ['안방', [300, 100, 200, 200]],
    ]);
  });

  it('cuts horizontally when the labels stand one above the other', () => {
    const texts = [
      ['침실', 200, 150],
      ['침실', 210, 250],
    ] as const;
    expect(graphOf({ spaces: [hall], texts }).nodes.map(({ bbox }) => bbox)).toEqual([
      [100, 100, 400, 100],
      [100, 200, 400, 100],
    ]);
  });

  it.each([
    [
      'the labels are of different kinds',
      hall,
      [
        ['침실', 200, 200],
        ['거실', 400, 200],
      ] as const,
    ],
    [
      'a piece would be tiny',
      hall,
      [
        ['침실', 101, 200],
        ['침실', 103, 200],
      ] as const,
    ],
    ['there is no outline to cut', { ...hall, segmentation: [] }, twoBedrooms],
  ])('does not happen when %s', (_case, whole, texts) => {
    expect(graphOf({ spaces: [whole], texts }).nodes).toHaveLength(1);
  });
});

describe('edges', () => {
  const KITCHEN = space('주방', [100, 308, 408, 200]);

  it('come from doors, then windows, then open passages, one for each pair', () => {
    const structures = [
      structure(5, '창호', [296, 150, 16, 20]),
      structure(6, '출입문', [296, 250, 16, 20]),
      structure(7, '창호', [150, 296, 20, 16]),
    ];
    expect(graphOf({ spaces: [LIVING_ROOM, BEDROOM, KITCHEN], structures }).edges).toEqual([
      {
        edge_id: 'edge_0',
        source_node: 'space_0',
        target_node: 'space_1',
        connection_type: 'door',
        connection_id: 'str_6',
      },
      {
        edge_id: 'edge_1',
        source_node: 'space_0',
        target_node: 'space_2',
        connection_type: 'window',
        connection_id: 'str_7',
      },
      {
        edge_id: 'edge_2',
        source_node: 'space_1',
        target_node: 'space_2',
        connection_type: 'open',
        connection_id: null,
      },
    ]);
  });

  it.each([
    [10, 1],
    [11, 0],
  ])('join rooms %d px apart by %d open passages', (gap, expected) => {
    const spaces = [LIVING_ROOM, space('침실', [300 + gap, 100, 200, 200])];
    expect(graphOf({ spaces }).edges).toHaveLength(expected);
  });

  it('have no open passage through a wall', () => {
    const structures = [structure(0, '벽체', [302, 190, 4, 20])];
    expect(graphOf({ spaces: [LIVING_ROOM, BEDROOM], structures }).edges).toEqual([]);
  });

  it('cut a door at three rooms by the walls', () => {
    const door = structure(0, '출입문', [280, 280, 60, 60]);
    const beside = [structure(1, '벽체', [303, 90, 2, 214]), structure(2, '벽체', [303, 303, 300, 2])];
    const through = (structures: typeof beside) =>
      graphOf({ spaces: [LIVING_ROOM, BEDROOM, KITCHEN], structures: [door, ...structures] })
        .edges.filter(({ connection_type }) => connection_type === 'door')
        .map(({ source_node, target_node }) => `${source_node}-${target_node}`);
    expect(through(beside)).toEqual(['space_0-space_2']);
    // Without walls no piece meets just two rooms, so all pairs are tried; a bedroom and a kitchen, whose name
    // contains a bedroom word, count as two bedrooms.
    expect(through([])).toEqual(['space_0-space_1', 'space_0-space_2']);
  });
});

describe('memory', () => {
  it('is given back', async () => {
    const { Module } = (await startGeos()).api;
    // Where the next large block lies tells of leaks long before the heap has to grow.
    const nextBlock = (): number => {
      const address = Module._malloc(100_000);
      Module._free(address);
      return address;
    };
    const detections = makeDetections({
      spaces: [
        space('침실', [100, 100, 400, 200]),
        space('주방', [100, 308, 400, 200]),
        space('거실', [508, 100, 99, 400]),
      ],
      texts: [
        ['침실1', 200, 200],
        ['침실2', 400, 200],
      ],
      structures: [structure(0, '벽체', [250, 90, 10, 220]), structure(1, '출입문', [480, 280, 60, 60])],
    });
    const run = () => {
      for (let count = 0; count < 200; count++) aggregate(detections);
      return { nextBlock: nextBlock(), heap: Module.HEAPU8.length };
    };
    const before = run();
    expect(run()).toEqual(before);
  });
});
