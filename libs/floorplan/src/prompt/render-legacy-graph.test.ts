import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderLegacyGraph } from './render-legacy-graph.ts';

const golden = process.env['ARAE_SHARED'] && join(process.env['ARAE_SHARED'], 'golden/slim_prompt');
if (!golden) console.warn('skipped: the golden prompts (ARAE_SHARED is not set)');

describe('renderLegacyGraph', () => {
  it('keeps the spelling of numbers, drops geometry, and loses doors and windows as the service does', () => {
    const text = renderLegacyGraph(
      '{"image_info":{"file_name":"A.PNG","width":10},"nodes":[{"node_id":"space_0","label":"거실","space_type":"공통공간",' +
        '"is_outside":false,"bbox":[0,0,1,1],"area":405147.0,"area_ratio":1e-05,"contains":{"objects":[{"object_id":"obj_0","category_name":"객체_변기"}],' +
        '"ocr_labels":["거실"],"structures":{"doors":[{"type":"출입문"}],"windows":[],"walls":[]}}}],' +
        '"edges":[{"edge_id":"edge_0","source_node":"space_0","target_node":"space_1","connection_type":"door","connection_id":null}],' +
        '"statistics":{"balcony_ratio":0.0},"provenance":1}',
    );
    expect(text).toBe(`{
  "image_info": {
    "file_name": "A.PNG"
  },
  "nodes": [
    {
      "node_id": "space_0",
      "label": "거실",
      "space_type": "공통공간",
      "is_outside": false,
      "area": 405147.0,
      "area_ratio": 1e-05,
      "contains": {
        "objects": [
          "객체_변기"
        ],
        "ocr_labels": [
          "거실"
        ],
        "structures": [
          "doors",
          "windows",
          "walls"
        ]
      }
    }
  ],
  "edges": [
    {
      "source_node": "space_0",
      "target_node": "space_1",
      "connection_type": "door"
    }
  ],
  "statistics": {
    "balcony_ratio": 0.0
  }
}`);
  });

  it('takes an object for an object, also with a key that JavaScript gives its raw numbers', () => {
    expect(renderLegacyGraph('{"image_info":{"file_name":"A.PNG","rawJSON":"300"}}')).toBe(
      '{\n  "image_info": {\n    "file_name": "A.PNG"\n  }\n}',
    );
  });

  it('says what is wrong with a text that is no graph', () => {
    expect(() => renderLegacyGraph('[]')).toThrow('no JSON object');
    expect(() => renderLegacyGraph('{')).toThrow(SyntaxError);
  });

  const cases = golden
    ? readdirSync(golden)
        .filter((name) => name.endsWith('.input.json'))
        .map((name) => name.replace('.input.json', ''))
    : [];
  it.skipIf(!golden)('equals what ARAE renders, byte for byte', () => {
    expect(cases.length).toBeGreaterThanOrEqual(13);
    for (const name of cases) {
      const input = readFileSync(join(golden as string, `${name}.input.json`), 'utf8');
      expect(renderLegacyGraph(input), name).toBe(
        readFileSync(join(golden as string, `${name}.expected.txt`), 'utf8'),
      );
    }
  });
});
