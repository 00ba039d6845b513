import { join } from 'node:path';
import { decodeDrawing } from '@arae/cv-inference';
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
      // As phase 1 reads them: nothing that is made of shapes, nothing that is too large.
      const { width, height, rgb } = await decodeDrawing(join(images, name));
      const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
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
