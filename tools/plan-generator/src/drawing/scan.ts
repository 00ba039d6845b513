import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import type { DrawingStyle } from './style.ts';

/**
 * The painted piece as a scanner, a small picture or a JPEG file on the way would have left it.
 *
 * @param canvas may be painted over
 */
export async function scanned(canvas: Canvas, { sharpness, jpeg, blur }: DrawingStyle): Promise<Canvas> {
  if (sharpness === 1 && jpeg === null && blur === 0) return canvas;
  const { width, height } = canvas;
  const small = createCanvas(Math.round(width * sharpness), Math.round(height * sharpness));
  const context = small.getContext('2d');
  // With smaller pictures on the way: the finest lines must not fall between the pixels.
  context.imageSmoothingQuality = 'medium';
  // Paper below, or the rim would fade into nothing.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, small.width, small.height);
  if (blur > 0) context.filter = `blur(${blur}px)`;
  context.drawImage(canvas, 0, 0, small.width, small.height);
  const source = jpeg === null ? small : await loadImage(await small.encode('jpeg', jpeg));
  if (sharpness === 1 && jpeg === null) return small;
  const back = canvas.getContext('2d');
  back.setTransform(1, 0, 0, 1, 0, 0);
  back.imageSmoothingQuality = 'high';
  back.drawImage(source, 0, 0, width, height);
  return canvas;
}
