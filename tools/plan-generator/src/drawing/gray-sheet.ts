import { deflateSync, crc32, constants } from 'node:zlib';
import type { Sheet } from '../plan-types.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const FILTER_UP = 2;

/** A sheet of grey pixels, 0 black to 255 white, that becomes an 8-bit grey PNG. */
export class GraySheet {
  readonly #sheet: Sheet;
  readonly #pixels: Buffer;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.#pixels = Buffer.alloc(sheet.width * sheet.height, 255);
  }

  /** Fills a rectangle; what sticks out of the sheet is cut off. */
  fill(x0: number, y0: number, x1: number, y1: number, value: number): void {
    const { width, height } = this.#sheet;
    for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
      this.#pixels.fill(value, y * width + Math.max(0, x0), y * width + Math.min(width, x1));
    }
  }

  /** Lays a picture (RGBA, its red channel counts) with its left upper corner at x, y, wholly within the sheet. */
  lay(rgba: Buffer, pictureWidth: number, x: number, y: number): void {
    const { width } = this.#sheet;
    const rows = rgba.length / 4 / pictureWidth;
    for (let row = 0; row < rows; row++) {
      let target = (y + row) * width + x;
      let source = row * pictureWidth * 4;
      for (const end = target + pictureWidth; target < end; target++, source += 4) {
        this.#pixels[target] = rgba[source] as number;
      }
    }
  }

  /**
   * The PNG. Rows are stored as differences to the row above and packed by run length only: fast, small for line
   * drawings, and the same bytes on every processor (zlib's match search is not).
   */
  toPng(): Buffer {
    const { width, height } = this.#sheet;
    const pixels = this.#pixels;
    const rows = Buffer.alloc((width + 1) * height);
    for (let y = 0, target = 0, source = 0; y < height; y++) {
      rows[target++] = FILTER_UP;
      for (let x = 0; x < width; x++, source++) {
        const above = y === 0 ? 0 : (pixels[source - width] as number);
        rows[target++] = (pixels[source] as number) - above;
      }
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 0, 0, 0, 0], 8);
    return Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows, { level: 6, strategy: constants.Z_RLE })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
