import { decodeDrawing } from '@arae/cv-inference';
import { readSmallFile } from '@arae/progress';
import sharp from 'sharp';
import type { SentPicture } from '../phases/cv-provenance.ts';

export interface WorkerPicture {
  readonly base64: string;
  /** What was done to make it fit; undefined where the drawing goes as it is. */
  readonly sent: SentPicture | undefined;
}

/** Smallest loss first: the same pixels, then the same size with JPEG's blur, then fewer pixels. */
const STEPS = [
  { format: 'png', scale: 1 },
  { format: 'jpeg', quality: 92, scale: 1 },
  { format: 'jpeg', quality: 85, scale: 1 },
  ...[0.75, 0.5, 0.35, 0.25, 0.15, 0.1].map((scale) => ({ format: 'jpeg' as const, quality: 85, scale })),
] as const satisfies readonly { format: 'png' | 'jpeg'; quality?: number; scale: number }[];

/**
 * A drawing as base64 of at most `maxBase64` characters.
 *
 * @throws DrawingError for a picture that the local engine would not take either, so that no job is paid for it
 */
export async function pictureForWorker(
  file: string,
  { maxBase64, maxPixels }: { readonly maxBase64: number; readonly maxPixels: number },
): Promise<WorkerPicture> {
  const { width, height, rgb } = await decodeDrawing(file, { maxPixels });
  const original = await readSmallFile(file, { maxBytes: maxPixels * 8 });
  if (base64Length(original.length) <= maxBase64) {
    return { base64: original.toString('base64'), sent: undefined };
  }
  for (const step of STEPS) {
    const picture = sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
    const scaled =
      step.scale === 1 ? picture : picture.resize({ width: Math.max(1, Math.round(width * step.scale)) });
    const encoded =
      step.format === 'png'
        ? scaled.png({ compressionLevel: 9 })
        : scaled.jpeg({ quality: step.quality, chromaSubsampling: '4:4:4' });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    if (base64Length(data.length) > maxBase64) continue;
    const sent = { format: step.format, width: info.width, height: info.height, bytes: data.length };
    return { base64: data.toString('base64'), sent };
  }
  throw new Error(`${file}: even a tenth of its size is too large for the queue: make the picture smaller`);
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
