import sharp from 'sharp';
import { COLOURS } from './known-answer-graphs.ts';

export type Block = readonly [
  colour: keyof typeof COLOURS,
  x: number,
  y: number,
  width: number,
  height: number,
];

/** A standard sheet, a little larger than what the networks see of it. */
export const SHEET = { width: 4962, height: 3508 } as const;

/**
 * Two rooms side by side, every border on a multiple of 8: a living room with a window and a fixture, a bedroom, a door
 * between them, a wall above both, a text in each.
 */
export const TWO_ROOMS: readonly Block[] = [
  ['green', 800, 800, 1600, 1600],
  ['red', 2400, 800, 1600, 1600],
  ['black', 800, 760, 3200, 40],
  ['cyan', 2376, 1400, 24, 200],
  ['yellow', 2400, 1400, 24, 200],
  ['blue', 1200, 2376, 400, 24],
  ['black', 1232, 1424, 176, 176],
  ['magenta', 1600, 1120, 32, 32],
  ['magenta', 3200, 1120, 32, 32],
];

/** A white PNG with coloured blocks. */
export async function drawBlocks(
  blocks: readonly Block[],
  { width, height }: { width: number; height: number } = SHEET,
): Promise<Buffer> {
  const rgb = Buffer.alloc(width * height * 3, 255);
  for (const [colour, left, top, blockWidth, blockHeight] of blocks) {
    const row = Buffer.alloc(Math.min(blockWidth, width - left) * 3);
    for (let at = 0; at < row.length; at++) row[at] = (COLOURS[colour][at % 3] as number) * 255;
    for (let y = top; y < Math.min(top + blockHeight, height); y++) row.copy(rgb, (y * width + left) * 3);
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
