import { crc32, deflateSync } from 'node:zlib';
import type { Drawing } from '@arae/cv-inference';

/** An 8-bit RGB picture as PNG. */
export function rgbPng({ width, height, rgb }: Drawing): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rowLength = 3 * width;
  // Every row begins with the number of its filter; 0 is none.
  const rows = Buffer.alloc((1 + rowLength) * height);
  for (let y = 0; y < height; y++) {
    rows.set(rgb.subarray(y * rowLength, (y + 1) * rowLength), y * (1 + rowLength) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(content.length, 0);
  sizes.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([sizes.subarray(0, 4), body, sizes.subarray(4)]);
}
