import { createRandom, shuffled } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import type { DrawingFile } from './read-drawings.ts';
import { sampleDrawings, type SampleOptions } from './sample-drawings.ts';
import { SamplingError } from './sampling-error.ts';

/** Names like ARAE's: `APT_FP_{kind}_{9 digits}.PNG`, sizes within the fences. */
function drawings(counts: Record<string, number>, size = (index: number) => 100_000 + index): DrawingFile[] {
  return Object.entries(counts).flatMap(([prefix, count]) =>
    Array.from({ length: count }, (_, index) => ({
      name: `APT_FP_${prefix}${String(index).padStart(6, '0')}.PNG`,
      size: size(index),
    })),
  );
}

function errorOf(files: Iterable<DrawingFile>, options: SampleOptions): SamplingError {
  try {
    sampleDrawings(files, options);
  } catch (error) {
    if (error instanceof SamplingError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

describe('sampleDrawings', () => {
  it('keeps its promises on random folders', () => {
    const random = createRandom(2026);
    for (let round = 0; round < 60; round++) {
      const counts: Record<string, number> = {};
      for (let group = random.integer(6) + 1; group > 0; group--) {
        counts[`OBJ_${String(random.integer(1000)).padStart(3, '0')}`] = 5 + random.integer(80);
      }
      const files = drawings(counts);
      const sampleSize = 1 + random.integer(files.length);
      const options: SampleOptions = { sampleSize, seed: round, sizeFences: 'none' };
      const { stems, report } = sampleDrawings(files, options);

      expect(stems).toHaveLength(sampleSize);
      expect(new Set(stems).size).toBe(sampleSize);
      expect(stems).toEqual(stems.toSorted());
      const known = new Set(files.map(({ name }) => name.replace('.PNG', '')));
      expect(stems.every((stem) => known.has(stem))).toBe(true);
      for (const { available, quota, taken } of report.strata) {
        const share = (sampleSize * available) / files.length;
        expect(quota).toBeLessThanOrEqual(share);
        expect(quota).toBeGreaterThan(share - 1);
        expect(taken).toBeGreaterThanOrEqual(quota);
        expect(taken).toBeLessThanOrEqual(available);
      }
      expect(report.strata.reduce((sum, { taken }) => sum + taken, 0)).toBe(sampleSize);
      expect(sampleDrawings(shuffled(files, random), options)).toEqual({ stems, report });
    }
  });

  it('takes from each group what the report says', () => {
    const { stems, report } = sampleDrawings(drawings({ OBJ_001: 60, OCR_002: 30, SPA_003: 11 }), {
      sampleSize: 20,
      stratify: /^APT_FP_([A-Z]+)_/,
    });
    expect(report.strata).toEqual([
      { name: 'OBJ', available: 60, quota: 11, taken: 13 },
      { name: 'OCR', available: 30, quota: 5, taken: 5 },
      { name: 'SPA', available: 11, quota: 2, taken: 2 },
    ]);
    for (const { name, taken } of report.strata) {
      expect(stems.filter((stem) => stem.includes(name))).toHaveLength(taken);
    }
  });

  it('draws another sample for another seed, and the same one for the same seed', () => {
    const files = drawings({ OBJ_001: 300 });
    const sample = (seed?: number) =>
      sampleDrawings(files, { sampleSize: 30, ...(seed === undefined ? {} : { seed }) }).stems;
    expect(sample(1)).not.toEqual(sample(2));
    expect(sample()).toEqual(sample(42));
  });

  it('reaches every part of a group', () => {
    const files = drawings({ OBJ_001: 10 });
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      for (const stem of sampleDrawings(files, { sampleSize: 2, seed, stratify: 'none' }).stems)
        seen.add(stem);
    }
    expect(seen.size).toBe(10);
  });

  it('takes the whole folder when all of it is asked', () => {
    const files = drawings({ OBJ_001: 7, OBJ_002: 6 });
    expect(sampleDrawings(files, { sampleSize: 13 }).stems).toEqual(
      files.map(({ name }) => name.slice(0, -4)).sort(),
    );
  });

  it('drops extreme sizes and lists them', () => {
    const files = [
      ...drawings({ OBJ_001: 40 }, (index) => 100_000 + index * 1000),
      { name: 'APT_FP_OBJ_001900000.png', size: 9_000_000 },
      { name: 'APT_FP_OBJ_001800000.png', size: 12 },
    ];
    const { stems, report } = sampleDrawings(files, { sampleSize: 40 });
    expect(report.excluded).toEqual([
      { name: 'APT_FP_OBJ_001800000.png', size: 12 },
      { name: 'APT_FP_OBJ_001900000.png', size: 9_000_000 },
    ]);
    expect(stems).not.toContain('APT_FP_OBJ_001900000');
    expect(report).toMatchObject({ files: 42, available: 40, seed: 42, sampleSize: 40 });
    expect(sampleDrawings(files, { sampleSize: 42, sizeFences: 'none' }).report.excluded).toEqual([]);
  });

  it('keeps sizes on the bounds of fixed fences', () => {
    const files = drawings({ OBJ_001: 10 }, (index) => index);
    const { report } = sampleDrawings(files, { sampleSize: 3, sizeFences: { min: 2, max: 5 } });
    expect(report.available).toBe(4);
    expect(report.excluded.map(({ size }) => size)).toEqual([0, 1, 6, 7, 8, 9]);
    expect(sampleDrawings(files, { sampleSize: 2, sizeFences: { min: 8 } }).report).toMatchObject({
      available: 2,
      sizes: { lower: 8, upper: null },
    });
  });

  it('writes a report that JSON keeps', () => {
    const { report } = sampleDrawings(drawings({ OBJ_001: 10 }), { sampleSize: 3, sizeFences: 'none' });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('refuses more drawings than there are, before and after the exclusion', () => {
    const files = drawings({ OBJ_001: 20 });
    expect(errorOf(files, { sampleSize: 21 })).toMatchObject({ code: 'too-few', asked: 21, available: 20 });
    const extreme = [...files, { name: 'APT_FP_OBJ_001900000.PNG', size: 9e9 }];
    const error = errorOf(extreme, { sampleSize: 21 });
    expect(error).toMatchObject({ code: 'too-few', asked: 21, available: 20 });
    expect(error.message).toBe(
      '21 drawings were asked but there are 20 (1 more have an extreme size): lower sampleSize to 20 or less, or set sizeFences to "none"',
    );
    expect(errorOf([], { sampleSize: 1 })).toMatchObject({ code: 'too-few', available: 0 });
  });

  it('refuses files that would share an output folder, and files without a name or size', () => {
    const twice = [...drawings({ OBJ_001: 20 }), { name: 'APT_FP_OBJ_001000003.png', size: 5 }];
    const error = errorOf(twice, { sampleSize: 3 });
    expect(error.code).toBe('duplicate-stems');
    expect(error.examples).toEqual(['APT_FP_OBJ_001000003.PNG', 'APT_FP_OBJ_001000003.png']);
    expect(errorOf([{ name: 'a.png', size: NaN }], { sampleSize: 1 }).code).toBe('bad-file');
    expect(errorOf([{ name: '', size: 1 }], { sampleSize: 1 }).code).toBe('bad-file');
  });

  it('refuses options out of range', () => {
    const files = drawings({ OBJ_001: 20 });
    expect(errorOf(files, { sampleSize: 0 }).code).toBe('bad-option');
    expect(errorOf(files, { sampleSize: 2.5 }).code).toBe('bad-option');
    expect(errorOf(files, { sampleSize: 2, seed: 0.5 }).code).toBe('bad-option');
    expect(errorOf(files, { sampleSize: 2, sizeFences: { min: 5, max: 4 } }).code).toBe('bad-option');
  });
});
