import { join } from 'node:path';
import sharp from 'sharp';
import { listDrawingNames } from '../phases/list-drawings.ts';
import type { Background } from './render-evaluation-page.ts';

/** Wide enough to see windows, small enough for a page of a hundred drawings. */
const WIDTH = 1240;
const QUALITY = 60;

/**
 * The drawings as small pictures, by stem. What cannot be read is left out: the page shows its rooms on white.
 *
 * @param images folder of the drawings; null for none
 */
export async function readBackgrounds(
  images: string | null,
  stems: readonly string[],
): Promise<Map<string, Background>> {
  const backgrounds = new Map<string, Background>();
  if (images === null) return backgrounds;
  const wanted = new Set(stems);
  for (const name of await listDrawingNames(images)) {
    const stem = name.replace(/\.png$/i, '');
    if (!wanted.has(stem)) continue;
    try {
      const jpeg = await sharp(join(images, name))
        .resize(WIDTH)
        .grayscale()
        .jpeg({ quality: QUALITY })
        .toBuffer();
      backgrounds.set(stem, { url: `data:image/jpeg;base64,${jpeg.toString('base64')}` });
    } catch {
      // A broken drawing has been reported by phase 1.
    }
  }
  return backgrounds;
}
