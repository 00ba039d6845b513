import { execFileSync } from 'node:child_process';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeDrawing, parseDetections } from '@arae/cv-inference';
import type { Detections, Drawing } from '@arae/cv-inference';
import { STANDARD_SHEET } from './made-up-sheets.ts';
import { rgbPng } from './rgb-png.ts';

/** Tools do not import each other; its command does as well. */
const GENERATOR = fileURLToPath(new URL('../../plan-generator/bin/arae-plan-generator.js', import.meta.url));

export interface GeneratedSheet {
  /** RGB, of the size of ARAE's sheets. */
  readonly file: string;
  readonly fileName: string;
  /** What stands on it. */
  readonly detections: Detections;
}

/** Plans of the generator (seed 42) as sheets such as ARAE's. */
export async function generatedSheets(folder: string, count: number): Promise<GeneratedSheet[]> {
  execFileSync(process.execPath, [GENERATOR, '--count', `${count}`, '--seed', '42', '--out', folder], {
    stdio: 'ignore',
  });
  const names = (await readdir(join(folder, 'images'))).sort();
  return Promise.all(
    names.map(async (fileName) => {
      const file = join(folder, 'images', fileName);
      await writeFile(file, rgbPng(onStandardSheet(await decodeDrawing(file))));
      const text = await readFile(join(folder, 'detections', `${parse(fileName).name}.json`), 'utf8');
      return { file, fileName, detections: parseDetections(text) };
    }),
  );
}

function onStandardSheet({ width, height, rgb }: Drawing): Drawing {
  const sheet = new Uint8Array(3 * STANDARD_SHEET.width * STANDARD_SHEET.height).fill(255);
  const used = 3 * Math.min(width, STANDARD_SHEET.width);
  for (let y = 0; y < Math.min(height, STANDARD_SHEET.height); y++) {
    sheet.set(rgb.subarray(3 * width * y, 3 * width * y + used), 3 * STANDARD_SHEET.width * y);
  }
  return { ...STANDARD_SHEET, rgb: sheet };
}
