import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { TopologyGraph } from '@arae/floorplan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModels } from '../networks/open-models.ts';
import type { Models } from '../networks/open-models.ts';
import { TWO_ROOMS, drawBlocks } from '../testing/known-answer-drawing.ts';
import { KNOWN_ANSWER_MANIFEST } from '../testing/known-answer-models.ts';
import { createAnalyser } from './create-analyser.ts';
import type { Analyser } from './create-analyser.ts';
import type { DrawingJob, DrawingResult } from './drawing-job.ts';

let folder: string;
let models: Models;
let analyser: Analyser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arae 도면 '));
  models = await openModels(KNOWN_ANSWER_MANIFEST, { lanes: 2 });
  analyser = createAnalyser({ manifest: models.manifest, backend: models.backend });
});

afterAll(async () => {
  await analyser.close();
  await models.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The head of a PNG of 30,000 × 30,000 pixels; it is judged before anything is decoded. */
function hugePng(small: Buffer): Buffer {
  const huge = Buffer.from(small);
  huge.writeUInt32BE(30_000, 16);
  huge.writeUInt32BE(30_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  return huge;
}

async function collect(jobs: readonly DrawingJob[]): Promise<Map<string, DrawingResult>> {
  const results = new Map<string, DrawingResult>();
  for await (const result of analyser.analyse(jobs)) results.set(result.id, result);
  return results;
}

function job(name: string, content: Uint8Array): DrawingJob {
  const file = join(folder, name);
  writeFileSync(file, content);
  return { id: name, file, fileName: name };
}

const SIDE = 1600;
/** Outlines run through the border pixels of an area, so they are a pixel shorter than it. */
const AREA = (SIDE - 1) ** 2;

describe('from a picture to a graph', { timeout: 60_000 }, () => {
  it('gives what can be worked out by hand', async () => {
    const name = '평면도 두 방.PNG';
    const results = await collect([job(name, await drawBlocks(TWO_ROOMS))]);
    const result = results.get(name);
    if (result?.ok !== true) throw new Error(JSON.stringify(result));
    expect(result.counts).toEqual({ objects: 1, texts: 2, structures: 4, spaces: 2 });
    const graph = JSON.parse(result.text) as TopologyGraph;
    const room = (x: number) => ({
      node_type: 'space',
      is_outside: false,
      bbox: [x, 800, SIDE, SIDE],
      segmentation: [[x, 800, x, 2399, x + 1599, 2399, x + 1599, 800]],
      area: AREA,
      area_ratio: 0.5,
      // Truncated from …99.5.
      centroid: [x + 799, 1599],
    });
    const door = { structure_id: 'str_0', type: '출입문', bbox: [2376, 1400, 48, 200] };
    expect(graph).toEqual({
      image_info: { file_name: name, width: 4962, height: 3508 },
      nodes: [
        {
          node_id: 'space_0',
          ...room(800),
          category_id: 13,
          category_name: '공간_거실',
          label: '거실',
          space_type: '공통공간',
          contains: {
            // The cell in column 8 and row 10: 155 px wide and high, 116 px of the input's upper bar taken off.
            objects: [
              {
                object_id: 'obj_0',
                category_id: 4,
                category_name: '객체_변기',
                bbox: [1240, 1434, 155, 155],
              },
            ],
            ocr_labels: ['거실'],
            structures: {
              doors: [door],
              windows: [{ structure_id: 'str_1', type: '창호', bbox: [1200, 2376, 400, 24] }],
              walls: [],
            },
          },
        },
        {
          node_id: 'space_1',
          ...room(2400),
          category_id: 14,
          category_name: '공간_침실',
          label: '안방',
          space_type: '개인공간',
          contains: {
            objects: [],
            ocr_labels: ['안방'],
            structures: { doors: [door], windows: [], walls: [] },
          },
        },
      ],
      edges: [
        {
          edge_id: 'edge_0',
          source_node: 'space_0',
          target_node: 'space_1',
          connection_type: 'door',
          connection_id: 'str_0',
        },
      ],
      statistics: {
        total_image_area: 4962 * 3508,
        total_space_area: 2 * AREA,
        total_inside_area: 2 * AREA,
        space_count: 2,
        inside_space_count: 2,
        room_count: 1,
        bathroom_count: 0,
        balcony_count: 0,
        bay_count: 1,
        structure_type: '혼합형',
        space_type_count: {
          기타공간: 0,
          특화공간: 0,
          습식공간: 0,
          공통공간: 1,
          개인공간: 1,
          외부공간: 0,
          미분류: 0,
        },
        balcony_ratio: 0,
        windowless_ratio: 50,
      },
    });
    expect(result.text).toContain('"area": 2556801.0,');
  });
});

describe('drawings that are no good', { timeout: 60_000 }, () => {
  it('are recorded, each with its reason, and the rest goes on', async () => {
    const good = await drawBlocks(TWO_ROOMS);
    const rgb16 = await sharp(good).toColourspace('rgb16').png({ compressionLevel: 1 }).toBuffer();
    const results = await collect([
      job('truncated.PNG', good.subarray(0, good.length * 0.6)),
      job('text.PNG', Buffer.from('이것은 그림이 아니다\n'.repeat(50))),
      job('one-pixel.PNG', await drawBlocks([], { width: 1, height: 1 })),
      job('huge.PNG', hugePng(await drawBlocks([], { width: 40, height: 40 }))),
      job('empty.PNG', Buffer.alloc(0)),
      job('portrait.PNG', await drawBlocks([['green', 80, 80, 400, 400]], { width: 700, height: 1000 })),
      job('cmyk.PNG', await sharp(good).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()),
      job('16-bit.PNG', rgb16),
      job('good.PNG', good),
      { id: 'gone', file: join(folder, 'gone.PNG'), fileName: 'gone.PNG' },
    ]);
    expect(results.size).toBe(10);
    const told = Object.fromEntries(
      [...results].map(([id, result]) => [id, result.ok ? result.counts.spaces : result.reason]),
    );
    expect(told).toEqual({
      'truncated.PNG': expect.stringMatching(/truncated\.PNG: the picture is damaged or cut off/) as string,
      'text.PNG': expect.stringMatching(/text\.PNG: not a PNG/) as string,
      'one-pixel.PNG': expect.stringMatching(/1 × 1 pixels; each side needs at least 32/) as string,
      'huge.PNG': expect.stringMatching(/30000 × 30000 pixels are more than the limit/) as string,
      'empty.PNG': expect.stringMatching(/empty\.PNG: /) as string,
      gone: expect.stringMatching(/gone\.PNG: no such file/) as string,
      'portrait.PNG': 1,
      'cmyk.PNG': expect.any(Number) as number,
      '16-bit.PNG': 2,
      'good.PNG': 2,
    });
    const textOf = (id: string) => (results.get(id) as { text: string }).text.replace(id, '');
    expect(textOf('16-bit.PNG')).toBe(textOf('good.PNG'));
    for (const result of results.values()) if (!result.ok) expect(result.reason).not.toContain('\n');
  });
});
