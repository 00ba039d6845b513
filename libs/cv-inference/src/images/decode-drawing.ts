import { FileTooLargeError, readSmallFile } from '@arae/progress';
import sharp from 'sharp';
import type { Metadata, Sharp } from 'sharp';
import { DrawingError } from './drawing-error.ts';
import type { Drawing, Size } from './drawing.ts';
import { rgbOfCmyk } from './rgb-of-cmyk.ts';
import { croppedSize } from './crop-to-multiple.ts';

export interface DecodeDrawingOptions {
  /** The most pixels that are decoded; known from the file's head, before anything is decoded. Default 200 million. */
  readonly maxPixels?: number;
  /** Cut the sides to multiples of this while decoding, as `cropToMultiple` does afterwards, but without a copy. */
  readonly multiple?: number;
}

export interface DecodedDrawing extends Drawing {
  /** The upright picture's size before its sides were cut. */
  readonly original: Size;
}

const DEFAULT_MAX_PIXELS = 200_000_000;
/** The longest pixel: four channels of two bytes. An uncompressed file is not longer than that, but for its head. */
const MAX_BYTES_PER_PIXEL = 8;
/** Formats whose decoding gives the stored pixels; drawings made of shapes (SVG, PDF) have no size in pixels. */
const FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'tiff']);
/** Exif orientations that swap width and height. */
const FIRST_SWAPPING_ORIENTATION = 5;

/**
 * Decodes a picture (PNG, JPEG, WebP or TIFF, whatever its name says) to the pixels that OpenCV's `imread` gives:
 * alpha dropped without blending, so transparent areas show their hidden colour; grey, palette and 1-bit pictures
 * expanded; 16-bit channels cut to the high byte; no colour management; turned upright as its Exif data say.
 *
 * @throws {DrawingError} for anything that cannot be decoded to the end, and for more than `maxPixels` pixels.
 */
export async function decodeDrawing(
  file: string | Uint8Array,
  { maxPixels = DEFAULT_MAX_PIXELS, multiple = 1 }: DecodeDrawingOptions = {},
): Promise<DecodedDrawing> {
  const name = typeof file === 'string' ? file : undefined;
  const bytes = typeof file === 'string' ? await readPicture(file, maxPixels * MAX_BYTES_PER_PIXEL) : file;
  const head = await readHead(bytes, name);
  if (head.width * head.height > maxPixels) {
    throw new DrawingError(
      'too-large',
      `${head.width} × ${head.height} pixels are more than the limit of ${maxPixels}; raise maxPixels or make the picture smaller`,
      { file: name },
    );
  }

  // Broken data are an error, harmless oddities (an unknown chunk, a wrong profile) are not.
  const isCmyk = head.space === 'cmyk';
  let pipeline: Sharp = sharp(bytes, {
    ignoreIcc: true,
    limitInputPixels: false,
    failOn: 'error',
  }).autoOrient();
  const isTurned = (head.orientation ?? 1) >= FIRST_SWAPPING_ORIENTATION;
  const original = isTurned
    ? { width: head.height, height: head.width }
    : { width: head.width, height: head.height };
  if (multiple > 1) {
    pipeline = pipeline.extract({ left: 0, top: 0, ...croppedSize(original, multiple, name) });
  }
  pipeline = isCmyk
    ? pipeline.pipelineColourspace('cmyk').toColourspace('cmyk')
    : pipeline.removeAlpha().toColourspace('srgb');

  try {
    const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    // A plain array: a Buffer's `slice` shares memory.
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    const rgb = isCmyk ? rgbOfCmyk(pixels) : pixels;
    return { width: info.width, height: info.height, rgb, original };
  } catch (error) {
    throw new DrawingError(
      'damaged',
      `the picture is damaged or cut off (${firstLine(error)}); export it again`,
      {
        file: name,
        cause: error,
      },
    );
  }
}

// Not left to sharp: it keeps files open for a while, which on Windows keeps them from being renamed or deleted.
async function readPicture(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await readSmallFile(file, { maxBytes });
  } catch (error) {
    if (error instanceof FileTooLargeError) {
      const problem = `more than ${maxBytes} bytes are more than any picture within maxPixels has`;
      throw new DrawingError('unreadable', problem, { file, cause: error });
    }
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw isMissing
      ? new DrawingError('missing', 'no such file; check the path', { file, cause: error })
      : new DrawingError('unreadable', `cannot be read (${firstLine(error)})`, { file, cause: error });
  }
}

async function readHead(bytes: Uint8Array, file: string | undefined): Promise<Metadata> {
  let head: Metadata;
  try {
    head = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new DrawingError('not-a-picture', `not a PNG, JPEG, WebP or TIFF picture (${firstLine(error)})`, {
      file,
      cause: error,
    });
  }
  if (!FORMATS.has(head.format)) {
    throw new DrawingError('not-a-picture', `a ${head.format} file, not a PNG, JPEG, WebP or TIFF picture`, {
      file,
    });
  }
  return head;
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
