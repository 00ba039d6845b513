import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeDrawing } from './decode-drawing.ts';
import { DrawingError } from './drawing-error.ts';
import type { DrawingFault } from './drawing-error.ts';

const COLOUR = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const;

interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colour: keyof typeof COLOUR;
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
}

/** A PNG byte by byte, so that no encoder changes its kind. */
function pngOf({ width, height, depth = 8, colour, rows, palette }: PngParts): Buffer {
  const chunk = (name: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, COLOUR[colour]], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(palette === undefined ? [] : [chunk('PLTE', Uint8Array.from(palette))]),
    chunk('IDAT', deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    chunk('IEND', new Uint8Array()),
  ]);
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawing-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function stored(name: string, content: Uint8Array | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function pixelsOf(file: string | Uint8Array): Promise<number[]> {
  return [...(await decodeDrawing(file)).rgb];
}

describe('decodeDrawing', () => {
  it('drops alpha without blending', async () => {
    const rows = [[10, 20, 30, 0, 40, 50, 60, 128]];
    expect(await pixelsOf(pngOf({ width: 2, height: 1, colour: 'rgba', rows }))).toEqual([
      10, 20, 30, 40, 50, 60,
    ]);
  });

  it.each<[string, PngParts, number[]]>([
    ['grey', { width: 2, height: 1, colour: 'grey', rows: [[7, 9]] }, [7, 7, 7, 9, 9, 9]],
    ['grey with alpha', { width: 1, height: 1, colour: 'greyAlpha', rows: [[7, 0]] }, [7, 7, 7]],
    ['1-bit', { width: 2, height: 1, depth: 1, colour: 'grey', rows: [[0x40]] }, [0, 0, 0, 255, 255, 255]],
    [
      'palette',
      { width: 2, height: 1, colour: 'palette', palette: [1, 2, 3, 4, 5, 6], rows: [[1, 0]] },
      [4, 5, 6, 1, 2, 3],
    ],
  ])('expands %s', async (_, png, expected) => {
    expect(await pixelsOf(pngOf(png))).toEqual(expected);
  });

  it('cuts 16 bits to the high byte', async () => {
    const rows = [[1, 255, 2, 128, 254, 255]];
    expect(await pixelsOf(pngOf({ width: 1, height: 1, depth: 16, colour: 'rgb', rows }))).toEqual([
      1, 2, 254,
    ]);
  });

  it('reads a CMYK JPEG named .PNG from a path with spaces and Hangul', async () => {
    const ink = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#c03020' } })
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(ink).metadata()).space).toBe('cmyk');
    const { width, height, rgb } = await decodeDrawing(await stored('평면도 1 층.PNG', ink));
    expect([width, height, rgb.length]).toEqual([16, 16, 768]);
    expect(rgb[0]).toBeGreaterThan(rgb[1]! + 50);
  });

  it('turns a picture upright', async () => {
    const lying = await sharp({ create: { width: 40, height: 70, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await decodeDrawing(lying)).toMatchObject({ width: 70, height: 40 });
    expect(await decodeDrawing(lying, { multiple: 32 })).toMatchObject({
      width: 64,
      height: 32,
      original: { width: 70, height: 40 },
    });
  });

  it('gives plain bytes whose slices are copies', async () => {
    const { rgb } = await decodeDrawing(pngOf({ width: 1, height: 1, colour: 'grey', rows: [[7]] }));
    expect(rgb.constructor).toBe(Uint8Array);
  });
});

describe('decodeDrawing refuses', () => {
  async function faultOf(file: string | Uint8Array, options = {}): Promise<DrawingError> {
    const error: unknown = await decodeDrawing(file, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DrawingError);
    expect((error as Error).message).not.toContain('\n');
    return error as DrawingError;
  }

  it.each<[string, DrawingFault, () => Promise<string>]>([
    ['a missing file', 'missing', () => Promise.resolve(join(folder, 'nowhere.png'))],
    ['a folder', 'unreadable', () => Promise.resolve(folder)],
    ['a text file named .PNG', 'not-a-picture', () => stored('text.PNG', 'not a picture\n'.repeat(20))],
    ['an empty file', 'not-a-picture', () => stored('empty.PNG', '')],
    [
      'an SVG',
      'not-a-picture',
      () => stored('a.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
  ])('%s', async (_, reason, makeFile) => {
    const file = await makeFile();
    const error = await faultOf(file);
    expect(error).toMatchObject({ reason, file });
    expect(error.message).toContain(file);
  });

  it.each(['png', 'jpeg'] as const)('a %s cut off in the middle', async (format) => {
    const noise = {
      width: 200,
      height: 200,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    } as const;
    const whole = await sharp({ create: { ...noise, background: 'white' } })
      .toFormat(format)
      .toBuffer();
    const file = await stored(`cut.${format}`, whole.subarray(0, whole.length / 2));
    expect(await faultOf(file)).toMatchObject({ reason: 'damaged', file });
    expect((await readFile(file)).length).toBeLessThan(whole.length);
  });

  it('more pixels than the limit, by its head alone', async () => {
    const bomb = pngOf({ width: 30_000, height: 30_000, depth: 1, colour: 'grey', rows: [[0]] });
    const error = await faultOf(bomb);
    expect(error.reason).toBe('too-large');
    expect(error.message).toContain('30000 × 30000');
    const small = pngOf({ width: 4, height: 1, colour: 'grey', rows: [[1, 2, 3, 4]] });
    expect(await faultOf(small, { maxPixels: 3 })).toMatchObject({ reason: 'too-large' });
  });

  it('a picture of 1 × 1 where sides have to be multiples of 32', async () => {
    const dot = pngOf({ width: 1, height: 1, colour: 'grey', rows: [[7]] });
    expect(await faultOf(dot, { multiple: 32 })).toMatchObject({ reason: 'too-small' });
  });
});
