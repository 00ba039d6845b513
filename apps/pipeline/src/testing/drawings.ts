import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

/** The manifest of networks whose answers can be worked out by hand: green is a living room, red a bedroom. */
export const KNOWN_ANSWER_MANIFEST = fileURLToPath(
  new URL('../../../../libs/cv-inference/src/testing/models/models.json', import.meta.url),
);

type Rgb = readonly [number, number, number];

/** A PNG of one living room on white; its width tells drawings apart. */
export function roomPng(roomWidth: number, width = 640, height = 448): Buffer {
  const white: Rgb = [255, 255, 255];
  const green: Rgb = [0, 255, 0];
  const row = (colourAt: (x: number) => Rgb) =>
    Buffer.from([0, ...Array.from({ length: width }, (_, x) => colourAt(x)).flat()]);
  const empty = row(() => white);
  const filled = row((x) => (x >= 64 && x < 64 + roomWidth ? green : white));
  const rows = Array.from({ length: height }, (_, y) => (y >= 64 && y < 320 ? filled : empty));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A folder of different drawings, `plan_00.PNG` onwards; returns their stems. */
export function writeDrawings(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const stem = `plan_${String(index).padStart(2, '0')}`;
    writeFileSync(join(folder, `${stem}.PNG`), roomPng(128 + 16 * index));
    return stem;
  });
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
