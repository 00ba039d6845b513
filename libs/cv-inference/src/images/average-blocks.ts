import type { Drawing, Size } from './drawing.ts';
import { roundHalfEven } from './round-half-even.ts';

/** Every target pixel is the mean of a block of whole source pixels; halves go to the even byte, in 2 × 2 blocks up. */
export function averageBlocks(source: Drawing, { width, height }: Size, block: Size): Drawing {
  const rgb = new Uint8Array(width * height * 3);
  const stride = source.width * 3;
  const isTwoByTwo = block.width === 2 && block.height === 2;
  const share = Math.fround(1 / (block.width * block.height));
  const sum = new Uint32Array(width * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    sum.fill(0);
    for (let row = 0; row < block.height; row += 1) {
      let from = (y * block.height + row) * stride;
      for (let at = 0; at < sum.length; at += 3) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let column = 0; column < block.width; column += 1, from += 3) {
          red += source.rgb[from]!;
          green += source.rgb[from + 1]!;
          blue += source.rgb[from + 2]!;
        }
        sum[at] = sum[at]! + red;
        sum[at + 1] = sum[at + 1]! + green;
        sum[at + 2] = sum[at + 2]! + blue;
      }
    }
    for (let at = 0; at < sum.length; at += 1, to += 1) {
      rgb[to] = isTwoByTwo ? (sum[at]! + 2) >> 2 : roundHalfEven(Math.fround(Math.fround(sum[at]!) * share));
    }
  }
  return { width, height, rgb };
}

const EVEN_BYTES = 0x00ff00ff;

/**
 * `averageBlocks` for 8 × 8, the factor of a standard sheet, where the time counts. Reads four bytes at once and adds
 * two of them side by side in 16-bit halves, which hold the 16 values that can meet there. A row of a block is 24 bytes,
 * six words, in which words 0–2 and 3–5 hold the colours in the same order: RGBR GBRG BRGB. The bytes of `source` must
 * begin at a multiple of four.
 */
export function averageBlocksOf8(source: Drawing, { width, height }: Size): Drawing {
  const rgb = new Uint8Array(width * height * 3);
  const words = new Uint32Array(source.rgb.buffer, source.rgb.byteOffset, source.rgb.length >> 2);
  const stride = width * 6;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      let even0 = 0;
      let odd0 = 0;
      let even1 = 0;
      let odd1 = 0;
      let even2 = 0;
      let odd2 = 0;
      for (let row = 0, at = y * 8 * stride + x * 6; row < 8; row += 1, at += stride) {
        const a = words[at]!;
        const b = words[at + 1]!;
        const c = words[at + 2]!;
        const d = words[at + 3]!;
        const e = words[at + 4]!;
        const f = words[at + 5]!;
        even0 += (a & EVEN_BYTES) + (d & EVEN_BYTES);
        odd0 += ((a >>> 8) & EVEN_BYTES) + ((d >>> 8) & EVEN_BYTES);
        even1 += (b & EVEN_BYTES) + (e & EVEN_BYTES);
        odd1 += ((b >>> 8) & EVEN_BYTES) + ((e >>> 8) & EVEN_BYTES);
        even2 += (c & EVEN_BYTES) + (f & EVEN_BYTES);
        odd2 += ((c >>> 8) & EVEN_BYTES) + ((f >>> 8) & EVEN_BYTES);
      }
      rgb[to] = meanOf64((even0 & 0xffff) + (odd0 >>> 16) + (even1 >>> 16) + (odd2 & 0xffff));
      rgb[to + 1] = meanOf64((odd0 & 0xffff) + (even1 & 0xffff) + (odd1 >>> 16) + (even2 >>> 16));
      rgb[to + 2] = meanOf64((even0 >>> 16) + (odd1 & 0xffff) + (even2 & 0xffff) + (odd2 >>> 16));
    }
  }
  return { width, height, rgb };
}

/** sum ÷ 64, halves to the even integer. */
function meanOf64(sum: number): number {
  const lower = sum >> 6;
  const rest = sum & 63;
  return rest > 32 || (rest === 32 && (lower & 1) === 1) ? lower + 1 : lower;
}
