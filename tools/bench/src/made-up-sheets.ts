import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { DrawingJob } from '@arae/cv-inference';

/** A sheet as ARAE's are. */
export const STANDARD_SHEET = { width: 4963, height: 3508 } as const;

/**
 * Writes one PNG of rooms and lines and names it as often as asked: what is measured is the work on it, and the disk
 * would hold copies in memory anyway.
 */
export async function madeUpSheets(
  folder: string,
  count: number,
  { width, height }: { width: number; height: number },
): Promise<DrawingJob[]> {
  const file = join(folder, `sheet-${width}x${height}.png`);
  await writeFile(file, sheetPng(width, height));
  return Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    file,
    fileName: `sheet-${index}.png`,
  }));
}

function sheetPng(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + 3 * width, 255);
    row[0] = 0;
    for (let x = 0; x < width; x++) {
      const isLine = x % 400 < 8 || y % 400 < 8;
      const isRoom = (Math.floor(x / 400) + Math.floor(y / 400)) % 2 === 0;
      row.set(isLine ? [0, 0, 0] : isRoom ? [0, 255, 0] : [255, 0, 0], 1 + 3 * x);
    }
    return row;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 6 })),
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
