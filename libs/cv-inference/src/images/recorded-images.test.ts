import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNpy, recordedFolder, recordedPath, warnWithoutRecorded } from '../testing/recorded.ts';
import { cropToMultiple } from './crop-to-multiple.ts';
import { decodeDrawing } from './decode-drawing.ts';
import type { Drawing } from './drawing.ts';
import { reducedPicture } from './reduced-picture.ts';
import { resizeArea } from './resize-area.ts';
import { segmentationInput } from './segmentation-input.ts';
import { TEXT_CROP, textCrop } from './text-crop.ts';

warnWithoutRecorded();

interface RecordedImage {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly decoded_bgr_sha256: string;
  readonly spa_str: { readonly file: string; readonly shape: readonly [number, number, number] };
  readonly obj: { readonly file: string };
  readonly ocr_crop_shape: readonly [height: number, width: number, channels: number];
  readonly ocr_rgb_sha256: string;
}

interface RecordedCrop {
  readonly image: string;
  readonly bbox: readonly [number, number, number, number];
  readonly expected: string;
}

function readList<T>(file: string): T[] {
  return JSON.parse(readFileSync(recordedPath('preprocess', file), 'utf8')) as T[];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bgrOf({ rgb }: Drawing): Uint8Array {
  const bgr = rgb.slice();
  for (let at = 0; at < bgr.length; at += 3) {
    bgr[at] = rgb[at + 2]!;
    bgr[at + 2] = rgb[at]!;
  }
  return bgr;
}

/** How many values differ. */
function differences(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let count = actual.length === expected.length ? 0 : Infinity;
  for (let at = 0; at < expected.length; at += 1) if (actual[at] !== expected[at]) count += 1;
  return count;
}

describe('recorded preprocessing', () => {
  it.skipIf(recordedFolder === undefined)('is met by every image', { timeout: 60_000 }, async () => {
    const images = readList<RecordedImage>('images.json');
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const drawing = await decodeDrawing(recordedPath('preprocess', image.image));
      expect([drawing.width, drawing.height]).toEqual([image.width, image.height]);
      expect(sha256(bgrOf(drawing)), image.image).toBe(image.decoded_bgr_sha256);

      const cropped = cropToMultiple(drawing);
      expect([cropped.height, cropped.width, 3]).toEqual(image.ocr_crop_shape);
      expect(sha256(cropped.rgb), image.image).toBe(image.ocr_rgb_sha256);
      const croppedOnTheWay = await decodeDrawing(recordedPath('preprocess', image.image), { multiple: 32 });
      expect(sha256(croppedOnTheWay.rgb), image.image).toBe(image.ocr_rgb_sha256);

      // The service squeezes portrait sheets into the landscape size for the object network; here they stay upright,
      // so of those only the way of shrinking is compared.
      const squeezed = resizeArea(cropped, { width: 620, height: 436 });
      expect(differences(squeezed.rgb, readNpy(recordedPath('preprocess', image.obj.file)).bytes)).toBe(0);
      if (cropped.width >= cropped.height) {
        expect(differences(reducedPicture(cropped).rgb, squeezed.rgb)).toBe(0);
      }

      expect(segmentationDifferences(cropped, image), image.image).toBe(0);
    }
  });

  it.skipIf(recordedFolder === undefined)('is met by every text crop', { timeout: 60_000 }, async () => {
    const crops = readList<RecordedCrop>('crnn.json');
    expect(crops.length).toBeGreaterThan(0);
    const sheets = new Map<string, Drawing>();
    for (const { image, bbox, expected } of crops) {
      const sheet =
        sheets.get(image) ?? (await decodeDrawing(recordedPath('preprocess', image), { multiple: 32 }));
      sheets.set(image, sheet);
      const canvas = await decodeDrawing(recordedPath('preprocess', expected));
      expect([canvas.width, canvas.height]).toEqual([TEXT_CROP.width, TEXT_CROP.height]);
      expect(differences(textCrop(sheet, bbox), canvas.rgb), expected).toBe(0);
    }
  });
});

/** The recorded input of a portrait sheet is padded with black to a square; ours stands in the middle of it. */
function segmentationDifferences(cropped: Drawing, { spa_str }: RecordedImage): number {
  const [channels, height, width] = spa_str.shape;
  const recorded = readNpy(recordedPath('preprocess', spa_str.file)).bytes;
  const input = segmentationInput(cropped);
  expect([input.height, channels]).toEqual([height, 3]);
  const margin = (width - input.width) / 2;
  const window = new Float32Array(input.data.length);
  for (let row = 0, to = 0; row < channels * height; row += 1) {
    for (let column = 0; column < input.width; column += 1, to += 1) {
      window[to] = recorded[row * width + margin + column]! / 255;
    }
  }
  return differences(input.data, window);
}
