import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { DrawingPictures } from './drawing-pictures.ts';

const whole = () => Promise.resolve({ left: 0, top: 0, width: 1, height: 1 });

function picturesOf(content: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'drawing-pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.png');
  writeFileSync(file, content);
  return new DrawingPictures(new Map([['a', file]]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A few hundred bytes that say of themselves that they are this large. */
function bomb(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(side))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

it('shows a picture', async () => {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  expect((await picturesOf(png).get('a', whole)).length).toBeGreaterThan(20);
});

it.each([
  [
    'an SVG, which may name other files',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  ],
  ['a PNG of 10 billion pixels', bomb(100_000)],
  ['a PNG that is cut off', bomb(100).subarray(0, 40)],
  ['nothing', ''],
])('refuses %s', async (_, content) => {
  const before = process.memoryUsage().rss;
  await expect(picturesOf(content).get('a', whole)).rejects.toMatchObject({ status: 422 });
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
});
