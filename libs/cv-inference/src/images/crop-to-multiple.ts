import { DrawingError } from './drawing-error.ts';
import type { Drawing, Size } from './drawing.ts';

/**
 * The largest size within `size` whose sides are multiples of `multiple`.
 *
 * @throws {DrawingError} where a side would be 0.
 */
export function croppedSize({ width, height }: Size, multiple: number, file?: string): Size {
  if (width < multiple || height < multiple) {
    throw new DrawingError('too-small', `${width} × ${height} pixels; each side needs at least ${multiple}`, {
      file,
    });
  }
  return { width: width - (width % multiple), height: height - (height % multiple) };
}

/**
 * The top left part whose sides are multiples of `multiple` pixels; the drawing itself where they are already.
 *
 * @throws {DrawingError} where a side is shorter than `multiple`.
 */
export function cropToMultiple(drawing: Drawing, multiple = 32): Drawing {
  const { width, height } = croppedSize(drawing, multiple);
  if (width === drawing.width && height === drawing.height) return drawing;
  if (width === drawing.width) return { width, height, rgb: drawing.rgb.subarray(0, width * height * 3) };

  const rgb = new Uint8Array(width * height * 3);
  const rowLength = width * 3;
  for (let row = 0; row < height; row += 1) {
    const start = row * drawing.width * 3;
    rgb.set(drawing.rgb.subarray(start, start + rowLength), row * rowLength);
  }
  return { width, height, rgb };
}
