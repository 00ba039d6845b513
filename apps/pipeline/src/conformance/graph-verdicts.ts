import { TopologyGraphError, parseTopologyGraph, renderGroundedGraph } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { changedJson, everyKeyOf } from './changed-json.ts';
import type { Change } from './changed-json.ts';
import { graphOf } from './graph-of.ts';
import { spliced } from './spliced.ts';
import type { Spliced } from './spliced.ts';

/** A text with what `parseTopologyGraph` says of it. */
export interface GraphVerdict extends Spliced {
  name: string;
  /** Where the first fault is, as `nodes.0.area`; null when the graph is taken. */
  refused_at: string | null;
  /** Of the grounded rendering of a graph that is taken. */
  grounded_sha256?: string;
}

const BASE = JSON.parse(
  graphOf({
    spaces: [
      { label: '거실', doors: 1, windows: 1, objects: ['객체_변기'] },
      { label: '침실', ratio: null },
    ],
    edges: [[0, 1, 'door']],
  }),
) as Record<string, unknown>;

const WRONG_NUMBERS = ['null', 'true', '"1"', '[]', '1e400', '-1e400', `1${'0'.repeat(400)}`];
const NO_COUNTS = ['-1', '1.5', '9007199254740992', '1e16', '-9007199254740992', ...WRONG_NUMBERS];
const COUNTS = ['0', '-0', '1.0', '2e1', '9007199254740991'];
const NO_TEXTS = ['null', '1', 'true', '[]', '{}'];
const NO_OBJECTS = ['null', '[]', '"a"', '1', 'true'];
const NO_LISTS = ['null', '{}', '"ab"', '1'];
const TEXTS = ['""', '"\\ud800"', '"\\u0000"'];
const BOX = [
  '[0,0,1]',
  '[0,0,1,1,1]',
  '[0,0,1,"1"]',
  '[0,0,null,1]',
  '["0",0,1]',
  '[]',
  '{}',
  '{"0":0,"length":4}',
  '[1e400,0,1,1]',
];

/** What is put at each place: all of it, refused or taken as the schema says. */
const PUTS: Record<string, readonly string[]> = {
  '': [...NO_OBJECTS, '{}', '[{}]'],
  image_info: [...NO_OBJECTS, '{}'],
  'image_info.file_name': [...NO_TEXTS, '""', '" "', '"\\ud83d"', '"\\u0000"', '"😀"'],
  'image_info.width': ['0', ...COUNTS, ...NO_COUNTS],
  'image_info.height': ['-0', '0.5', 'true', '3508.0'],
  nodes: [...NO_LISTS, '[]', '[null]', '[[]]', '[{}]'],
  'nodes.0.node_id': [...NO_TEXTS, '""', '"space_1"', '"\\ud800"', '"__proto__"'],
  'nodes.1.node_id': ['"space_0"', '"Space_1"'],
  'nodes.0.category_id': ['-1', '1.0', '1.5', 'true', '"13"', '9007199254740993'],
  'nodes.0.category_name': [...NO_TEXTS, ...TEXTS],
  'nodes.0.label': [...NO_TEXTS, ...TEXTS],
  'nodes.0.space_type': NO_TEXTS,
  'nodes.0.is_outside': ['null', '0', '1', '"true"', '"false"', '[]'],
  'nodes.0.bbox': ['null', '[0,0,-1,1e300]', ...BOX],
  'nodes.0.segmentation': ['null', '[]', '[[]]', '[[1,null,-0,1e300]]', '[1]', '[null]', '[[true]]', '[["1"]]', '[[1e400]]', '{}', '[{}]'],
  'nodes.0.area': ['0', '-0', '1e300', '-5e-324', '-1', ...WRONG_NUMBERS],
  'nodes.0.area_ratio': ['null', '0', '2.5', '-0.1', '1e400', '"0.1"', 'false'],
  'nodes.0.centroid': ['[0,0]', '[-1.5,1e300]', '[0]', '[0,0,0]', '[0,null]', '["0",0]', '["0"]', 'null', '{}'],
  'nodes.0.contains': [...NO_OBJECTS, '{}'],
  'nodes.0.contains.objects': [...NO_LISTS, '[]', '[null]', '[{}]'],
  'nodes.0.contains.objects.0.category_id': ['1.0', '1.5', 'true', '"6"', 'null'],
  'nodes.0.contains.objects.0.bbox': ['null', ...BOX],
  'nodes.0.contains.ocr_labels': [...NO_LISTS, '[]', '[1]', '["a",null]', '["\\ud800"]'],
  'nodes.0.contains.structures': [...NO_OBJECTS, '{}', '{"doors":[],"windows":[],"walls":[null,1,"a",{"b":[]}]}'],
  'nodes.0.contains.structures.doors': [...NO_LISTS, '[]', '[{"structure_id":"a","type":"b"}]'],
  'nodes.0.contains.structures.windows.0.bbox': ['[0,0,1,1]', ...BOX],
  'nodes.0.contains.structures.walls': NO_LISTS,
  edges: [...NO_LISTS, '[]', '[null]', '[{}]'],
  'edges.0.edge_id': ['null', '1', '""'],
  'edges.0.source_node': ['"space_9"', '""', '"\\ud800"', 'null', '0', '"__proto__"', '"space_1"'],
  'edges.0.target_node': ['"space_9"', '"SPACE_1"', '"space_1 "', '"space_0"', '1'],
  'edges.0.connection_type': ['"window"', '"open"', '"Door"', '"stairs"', '"\\ud800"', '""', 'null', '0'],
  'edges.0.connection_id': ['"str_0"', '""', '1', '[]'],
  statistics: [...NO_OBJECTS, '{}'],
  'statistics.total_image_area': ['0', '1.5', '-1', '1e400', 'null'],
  'statistics.total_inside_area': ['true', '"1"', '12345678901234567890'],
  'statistics.space_count': ['-1', '1.5', '1e16', 'true'],
  'statistics.bay_count': [...COUNTS, ...NO_COUNTS],
  'statistics.space_type_count': [
    '{}', '[]', 'null', '{"a":0,"b":1.0}', '{"a":-1}', '{"b":"1"}', '{"a":1.5}', '{"a b.c":null}', '{"":-1}', '{"__proto__":1}', '{"10":1,"9":-1,"8":-1}',
    '{"\\ud800":1}', '{"__proto__":-1}', '{"b":-1,"a":-1}', '{"01":-1,"1":-1,"0":-1}',
  ],
  'statistics.structure_type': ['"타워형"', '"혼합형"', '"복층형"', '"판상형 "', '"\u1111\u1161\u11ab\u1109\u1161\u11bc\u1112\u1167\u11bc"', 'null', '""'],
  'statistics.balcony_ratio': ['0', '1e300', '-0.01', '"0"', 'null'],
  'statistics.windowless_ratio': ['0', '100', '100.0', '100.00000000000001', '-1', '-0', 'null', 'true'],
}; // prettier-ignore

/** Graphs with several changes, of which the first fault counts; further keys; texts that are no JSON. */
const FURTHER: readonly [name: string, text: string][] = [
  ['as it is', changedJson(BASE, [])],
  ['further keys of all kinds', changedJson(BASE, [
    { at: 'provenance', put: '{"a":[1e400,"\\ud800",null]}' }, { at: 'nodes.0.\ud800', put: '1' }, { at: 'statistics.__proto__', put: '{"bay_count":9}' },
    { at: 'nodes.0.contains.constructor', put: 'null' }, { at: 'edges.0.model_config', put: '{}' }, { at: 'nodes.1.model_fields', put: '1' },
    { at: 'image_info.', put: '2' }, { at: 'nodes.1.self', put: '3' },
  ])],
  ['two faults, the first in the order of the schema', changedJson(BASE, [
    { at: 'statistics.bay_count', put: '-1' }, { at: 'nodes.1.area', put: '"a"' }, { at: 'nodes.1.label', put: '0' }, { at: 'image_info.height', put: '0' },
  ])],
  ['two faults of a node', changedJson(BASE, [{ at: 'nodes.1.contains', put: '{}' }, { at: 'nodes.1.bbox', put: '[true]' }])],
  ['a wrong number and a name twice', changedJson(BASE, [{ at: 'nodes.1.node_id', put: '"space_0"' }, { at: 'statistics.balcony_ratio', put: '-1' }])],
  ['a name twice and ends that are not there', changedJson(BASE, [
    { at: 'nodes.1.node_id', put: '"space_0"' }, { at: 'edges.0.source_node', put: '"x"' }, { at: 'edges.0.target_node', put: '"y"' },
  ])],
  ['both ends that are not there', changedJson(BASE, [{ at: 'edges.0.target_node', put: '"y"' }, { at: 'edges.0.source_node', put: '"x"' }])],
  ['a key twice, the last counts', changedJson(BASE, [{ at: 'nodes.0.area', put: '-1,"area":5' }])],
  ['a key twice, the last is wrong', changedJson(BASE, [{ at: 'nodes.0.area', put: '5,"area":-1' }])],
  ['blanks around', ` \n\t\r${changedJson(BASE, [])}\n `],
  ...([['NaN', 'NaN'], ['Infinity', 'Infinity'], ['-Infinity', '-Infinity'], ['a leading zero', '01'], ['a plus', '+1'], ['no digits behind the point', '1.'],
    ['no digits before the point', '.5'], ['a hexadecimal', '0x10'], ['an exponent without digits', '1e'], ['undefined', 'undefined'], ['single quotes', "'a'"],
    ['a comma too many', '[1,]'], ['a comment', '1/*a*/'], ['a tab in a text', '"\t"'], ['an escape that is none', '"\\x41"'],
    ['half an escape', '"\\u00"'], ['Arabic digits', '١'], ['an underscore', '1_000']] as const).map(([name, put]): [string, string] => [
    `no JSON: ${name}`, changedJson(BASE, [{ at: 'provenance', put }]),
  ]),
  ['no JSON: nothing', ''],
  ['no JSON: blanks', '  '],
  ['no JSON: a byte order mark', `\ufeff${changedJson(BASE, [])}`],
  ['no JSON: a blank that JSON does not know', `\u00a0${changedJson(BASE, [])}`],
  ['no JSON: more behind it', `${changedJson(BASE, [])}{}`],
  ['no JSON: cut off', changedJson(BASE, []).slice(0, -1)],
]; // prettier-ignore

/** Every fault that a graph can have, and what is near to one. */
export function graphVerdicts(): { base: string; verdicts: GraphVerdict[] } {
  const missing: Change[] = everyKeyOf(BASE).map((at) => ({ at, put: null }));
  const changes = [
    ...Object.entries(PUTS).flatMap(([at, puts]) => puts.map((put): Change => ({ at, put }))),
    ...missing,
  ];
  const texts = [
    ...FURTHER,
    ...changes.map((change): [string, string] => [nameOf(change), changedJson(BASE, [change])]),
  ];
  const base = changedJson(BASE, []);
  return {
    base,
    verdicts: texts.map(([name, text]) => ({ name, ...spliced(base, text), ...graphVerdictOf(text) })),
  };
}

function nameOf({ at, put }: Change): string {
  if (put === null) return `${at} is missing`;
  return `${at === '' ? 'all' : at}: ${put.length > 60 ? `${put.slice(0, 60)}…` : put}`;
}

/** What `parseTopologyGraph` says of a text. */
export function graphVerdictOf(text: string): Pick<GraphVerdict, 'refused_at' | 'grounded_sha256'> {
  try {
    const grounded = renderGroundedGraph(parseTopologyGraph(text), { indent: 0 });
    return { refused_at: null, grounded_sha256: sha256Of(grounded) };
  } catch (error) {
    if (error instanceof TopologyGraphError) return { refused_at: error.path };
    throw error;
  }
}
