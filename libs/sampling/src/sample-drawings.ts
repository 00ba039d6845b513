import { createRandom, shuffled } from '@arae/floorplan';
import { allocateQuotas, type Stratum } from './allocate-quotas.ts';
import { readDrawings, type DrawingFile } from './read-drawings.ts';
import { dropExtremeSizes, type SizeFences, type SizeReport } from './drop-extreme-sizes.ts';
import { groupByName, type Stratify } from './group-by-name.ts';
import { SamplingError } from './sampling-error.ts';

export interface SampleOptions {
  /** Drawings to draw, a whole number from 1; exactly that many come back. */
  readonly sampleSize: number;
  /** Any 32-bit whole number; the same seed and files give the same sample. Default 42. */
  readonly seed?: number;
  /** How drawings are grouped by name, see `groupByName`. Default `auto`. */
  readonly stratify?: Stratify;
  /** Which file sizes are extreme and dropped, see `SizeFences`. Default `tukey`. */
  readonly sizeFences?: SizeFences;
}

/** How a sample came about; plain JSON. */
export interface SamplingReport {
  readonly seed: number;
  readonly sampleSize: number;
  /** Drawings in the folder. */
  readonly files: number;
  /** Drawings left after extreme sizes were dropped. */
  readonly available: number;
  readonly stratify: { readonly asked: string; readonly rule: string };
  readonly sizes: SizeReport;
  /** Sorted by name. */
  readonly strata: readonly Stratum[];
  /** Dropped for their size (bytes), sorted by name. */
  readonly excluded: readonly DrawingFile[];
}

/**
 * Draws a stratified sample that depends on the files, the options and nothing else, least of all on the order of the
 * files. Names are compared by code unit, so the machine's language does not matter either.
 * @param files base names with extension, and sizes in bytes
 * @returns the stems (names without extension), sorted, exactly `sampleSize` of them, and the report
 * @throws SamplingError see its `code`
 */
export function sampleDrawings(
  files: Iterable<DrawingFile>,
  options: SampleOptions,
): { stems: string[]; report: SamplingReport } {
  const { sampleSize, seed = 42, stratify = 'auto', sizeFences = 'tukey' } = options;
  mustBeWhole('sampleSize', sampleSize, 1, 2 ** 31);
  mustBeWhole('seed', seed, -(2 ** 31), 2 ** 32 - 1);
  const drawings = readDrawings(files);
  const { stems: kept, excluded, report: sizes } = dropExtremeSizes(drawings, sizeFences);
  if (sampleSize > kept.length) throw tooFew(sampleSize, kept.length, excluded.length);

  const { rule, groups } = groupByName(kept, stratify);
  const strata = allocateQuotas(
    Array.from(groups, ([name, members]) => [name, members.length] as const),
    sampleSize,
  );
  const random = createRandom(seed);
  const stems: string[] = [];
  for (const { name, taken } of strata) {
    if (taken === 0) continue;
    const members = (groups.get(name) ?? []).toSorted();
    for (const stem of shuffled(members, random).slice(0, taken)) stems.push(stem);
  }
  const report: SamplingReport = {
    seed,
    sampleSize,
    files: drawings.stems.length,
    available: kept.length,
    stratify: { asked: String(stratify), rule },
    sizes,
    strata,
    excluded,
  };
  return { stems: stems.sort(), report };
}

function mustBeWhole(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new SamplingError(`${option} is ${value}: use a whole number from ${least} to ${most}`, {
    code: 'bad-option',
  });
}

function tooFew(asked: number, available: number, excluded: number): SamplingError {
  const dropped = excluded === 0 ? '' : ` (${excluded} more have an extreme size)`;
  const mend =
    available === 0
      ? 'check the folder of the drawings'
      : `lower sampleSize to ${available} or less${excluded === 0 ? '' : ', or set sizeFences to "none"'}`;
  return new SamplingError(`${asked} drawings were asked but there are ${available}${dropped}: ${mend}`, {
    code: 'too-few',
    asked,
    available,
  });
}
