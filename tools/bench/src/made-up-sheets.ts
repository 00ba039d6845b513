import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrawingJob } from '@arae/cv-inference';
import { rgbPng } from './rgb-png.ts';

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
  const rgb = Buffer.alloc(3 * width * height, 255);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const isLine = x % 400 < 8 || y % 400 < 8;
      const isRoom = (Math.floor(x / 400) + Math.floor(y / 400)) % 2 === 0;
      rgb.set(isLine ? [0, 0, 0] : isRoom ? [0, 255, 0] : [255, 0, 0], at);
    }
  }
  return rgbPng({ width, height, rgb });
}
