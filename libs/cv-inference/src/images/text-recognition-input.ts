import { TEXT_CROP } from './text-crop.ts';

/** Per colour (red, green, blue): `(byte / 255 - mean) / deviation`. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Only `byte / 255`. */
export const NO_NORMALISATION: Normalisation = { mean: [0, 0, 0], deviation: [1, 1, 1] };

/**
 * A batch for the text recognition network: `crops × 3 × 60 × 250`.
 *
 * @param crops of `textCrop`
 */
export function textRecognitionInput(
  crops: readonly Uint8Array[],
  { mean, deviation }: Normalisation = NO_NORMALISATION,
): Float32Array {
  const plane = TEXT_CROP.width * TEXT_CROP.height;
  const batch = new Float32Array(crops.length * 3 * plane);
  const values = [0, 1, 2].map((colour) =>
    Float32Array.from({ length: 256 }, (_, byte) => {
      const centred = Math.fround(Math.fround(byte / 255) - Math.fround(mean[colour]!));
      return centred / Math.fround(deviation[colour]!);
    }),
  );
  crops.forEach((crop, index) => {
    for (let colour = 0; colour < 3; colour += 1) {
      const valueOf = values[colour]!;
      const start = (index * 3 + colour) * plane;
      for (let pixel = 0, from = colour; pixel < plane; pixel += 1, from += 3) {
        batch[start + pixel] = valueOf[crop[from]!]!;
      }
    }
  });
  return batch;
}
