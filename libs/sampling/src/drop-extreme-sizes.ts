import type { DrawingFile, Drawings } from './read-drawings.ts';
import { SamplingError } from './sampling-error.ts';
import { tukeyFences } from './tukey-fences.ts';

/**
 * Which sizes are kept: `tukey` those within 1.5 interquartile ranges of the quartiles of all files, `none` all,
 * `{min, max}` those from min to max bytes, both included.
 */
export type SizeFences = 'tukey' | 'none' | { readonly min?: number; readonly max?: number };

/** Bounds in bytes, both kept; null where there is none. */
export interface SizeReport {
  readonly rule: string;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly firstQuartile?: number;
  readonly thirdQuartile?: number;
}

export interface KeptDrawings {
  readonly stems: string[];
  /** Sorted by name (code units). */
  readonly excluded: DrawingFile[];
  readonly report: SizeReport;
}

/** @throws SamplingError `bad-option` when min or max is no number, or min is above max */
export function dropExtremeSizes(drawings: Drawings, fences: SizeFences): KeptDrawings {
  const report = sizeReport(drawings.sizes, fences);
  const lower = report.lower ?? -Infinity;
  const upper = report.upper ?? Infinity;
  const stems: string[] = [];
  const excluded: DrawingFile[] = [];
  drawings.sizes.forEach((size, index) => {
    if (size >= lower && size <= upper) stems.push(drawings.stems[index] ?? '');
    else excluded.push({ name: drawings.names[index] ?? '', size });
  });
  excluded.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { stems, excluded, report };
}

function sizeReport(sizes: Float64Array, fences: SizeFences): SizeReport {
  if (fences === 'none' || (fences === 'tukey' && sizes.length === 0)) {
    return { rule: 'none', lower: null, upper: null };
  }
  if (fences === 'tukey') {
    const { lower, upper, firstQuartile, thirdQuartile, widened } = tukeyFences(sizes);
    const rule = `tukey: 1.5 interquartile ranges${widened ? ', which are taken as 5 % of the median because the sizes are nearly equal' : ''}`;
    return { rule, lower, upper, firstQuartile, thirdQuartile };
  }
  const { min = 0, max = Infinity } = fences;
  if (Number.isNaN(min) || Number.isNaN(max) || min > max) {
    throw new SamplingError(`sizeFences are ${min} to ${max}: give min ≤ max in bytes`, {
      code: 'bad-option',
    });
  }
  return { rule: 'fixed', lower: min, upper: Number.isFinite(max) ? max : null };
}
