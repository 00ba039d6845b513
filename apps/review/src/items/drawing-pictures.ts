import sharp from 'sharp';
import { RefusedError } from '../errors.ts';

/** Longer side that a plan is shown in at most, in pixels: sharp on a screen of twice the density. */
const SIDE = 1400;
/** Scaled drawings are about 100 kB. */
const KEPT = 200;
/** As in phase 1: what is made of shapes (SVG, PDF), and may name other files, is not decoded. */
const FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'tiff']);
/** Drawings of more pixels are refused. */
const MOST_PIXELS = 200_000_000;

// The browser on the same machine needs the other processors.
sharp.concurrency(1);

/** Part of a drawing, in shares of its width and height. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Drawings cut and scaled for the page; the last ones are kept, and each is scaled once however often it is asked for. */
export class DrawingPictures {
  readonly #files: ReadonlyMap<string, string>;
  readonly #pictures = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  has(stem: string): boolean {
    return this.#files.has(stem);
  }

  /**
   * As WebP.
   * @param cropOf asked for once, when the picture is made
   * @throws RefusedError 404 when there is no such drawing, 422 when it is no picture
   */
  async get(stem: string, cropOf: () => Promise<Crop>): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#files.get(stem);
    if (file === undefined) throw new RefusedError(404, 'there is no such drawing');
    let picture = this.#pictures.get(stem);
    if (picture === undefined) {
      picture = cropOf().then((crop) => scaled(file, crop));
      picture.catch(() => this.#pictures.delete(stem));
    }
    // The last one used goes last.
    this.#pictures.delete(stem);
    this.#pictures.set(stem, picture);
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size > KEPT && oldest !== undefined) this.#pictures.delete(oldest);
    return picture;
  }
}

async function scaled(file: string, crop: Crop): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const drawing = sharp(file, { limitInputPixels: MOST_PIXELS });
    const { width, height, format } = await drawing.metadata();
    if (!FORMATS.has(format)) throw new Error(`a ${format} file`);
    const left = Math.min(width - 1, Math.round(crop.left * width));
    const top = Math.min(height - 1, Math.round(crop.top * height));
    const picture = drawing
      .extract({
        left,
        top,
        width: Math.min(width - left, Math.max(1, Math.round(crop.width * width))),
        height: Math.min(height - top, Math.max(1, Math.round(crop.height * height))),
      })
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true });
    return new Uint8Array(await picture.webp({ quality: 80, effort: 2 }).toBuffer());
  } catch {
    throw new RefusedError(422, 'the drawing cannot be read');
  }
}
