import { sampleDrawings, type DrawingFile } from '@arae/sampling';
import { createRandom, shuffled } from '@arae/floorplan';
import { sideBySide, type Measurement } from './side-by-side.ts';

export interface SamplingMeasurement {
  /** Largest resident size of the process up to the end of the first sample, the list of files included. */
  readonly peakMebibytes: number;
  readonly measurements: readonly Measurement[];
}

/**
 * Times a sample of 2,000 (or all, where there are fewer) of `count` made-up drawings in random order against two plain
 * things done with the same names: sorting them, and putting them into a Set.
 */
export function measureSampling(count: number, rounds: number): SamplingMeasurement {
  const files = madeUpDrawings(count);
  const sampleSize = Math.min(2000, Math.floor(count / 2));
  sampleDrawings(files, { sampleSize });
  const peakMebibytes = process.resourceUsage().maxRSS / 1024;
  const names = files.map(({ name }) => name);
  const measurements = sideBySide(rounds, [
    { name: 'sort the names', run: () => names.toSorted().length },
    { name: 'put the names into a Set', run: () => new Set(names).size },
    { name: 'sample: auto', run: () => sampleDrawings(files, { sampleSize }).stems.length },
    { name: 'sample: none', run: () => sampleDrawings(files, { sampleSize, stratify: 'none' }).stems.length },
    {
      name: 'sample: expression',
      run: () => sampleDrawings(files, { sampleSize, stratify: /_([A-Z]+)_(\d{3})/ }).stems.length,
    },
  ]);
  return { peakMebibytes, measurements };
}

/** Names like ARAE's (`APT_FP_OBJ_001046197.PNG`), four kinds, numbers from 001000000, sizes around 400 KB. */
export function madeUpDrawings(count: number): DrawingFile[] {
  const random = createRandom(1);
  const kinds = ['OBJ', 'OCR', 'SPA', 'STR'];
  const files = Array.from({ length: count }, (_, index) => ({
    name: `APT_FP_${kinds[index % 4]}_${String(1_000_000 + index * 7).padStart(9, '0')}.PNG`,
    size: 200_000 + random.integer(200_000) + random.integer(200_000),
  }));
  return shuffled(files, random);
}
