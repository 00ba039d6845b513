import type { Normalisation } from '../networks/models-manifest.ts';

/** Turns `byte ÷ 255` planes into `(byte × scale − mean) ÷ std`, in place. */
export function normalise(planes: Float32Array, { scale, mean, std }: Normalisation): void {
  const factor = 255 * scale;
  const plane = planes.length / 3;
  for (let colour = 0; colour < 3; colour++) {
    const shift = mean[colour] as number;
    const spread = std[colour] as number;
    if (factor === 1 && shift === 0 && spread === 1) continue;
    const end = (colour + 1) * plane;
    for (let at = colour * plane; at < end; at++) {
      planes[at] = ((planes[at] as number) * factor - shift) / spread;
    }
  }
}
