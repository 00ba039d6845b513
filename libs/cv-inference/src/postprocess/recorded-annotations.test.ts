import { readdirSync, readFileSync } from 'node:fs';
import { parseSpelledJson, stringifyIndented } from '@arae/floorplan';
import type { SpelledJson } from '@arae/floorplan';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readFloatNpy, recordedFolder, recordedPath, warnWithoutRecorded } from '../testing/recorded.ts';
import { classMapOf } from './class-map.ts';
import type { DetectionRow } from './decode-yolo.ts';
import { objectAnnotations } from './object-annotations.ts';
import { spaceAnnotations } from './space-annotations.ts';
import { structureAnnotations } from './structure-annotations.ts';

warnWithoutRecorded();

interface RecordedMap {
  readonly class_map: string;
  readonly probs: string | null;
  readonly resize_size: readonly [width: number, height: number];
  readonly scale: number;
}

const parts = { spa: spaceAnnotations, str: structureAnnotations };

function casesIn(folder: string): { name: string; text: string; expected: string }[] {
  const cases = readdirSync(recordedPath('postprocess', folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(recordedPath('postprocess', folder, name), 'utf8');
      const { expected } = parseSpelledJson(text) as Record<string, SpelledJson>;
      return { name, text, expected: stringifyIndented(expected) };
    });
  expect(cases.length).toBeGreaterThan(0);
  return cases;
}

describe('recorded postprocessing', () => {
  it.skipIf(recordedFolder === undefined).each(['spa', 'str'] as const)(
    'is met by every %s class map',
    async (part) => {
      const different: string[] = [];
      for (const { name, text, expected } of casesIn(part)) {
        const { class_map, probs, resize_size, scale } = JSON.parse(text) as RecordedMap;
        const { data, info } = await sharp(recordedPath('postprocess', part, class_map))
          .extractChannel(0)
          .raw()
          .toBuffer({ resolveWithObject: true });
        const annotations = parts[part](data, {
          width: info.width,
          height: info.height,
          used: { width: resize_size[0], height: resize_size[1] },
          scale: { x: scale, y: scale },
        });
        if (stringifyIndented(annotations) !== expected) different.push(name);

        if (probs === null) continue;
        const { shape, values } = readFloatNpy(recordedPath('postprocess', part, probs));
        const [channels = 0, height = 0, width = 0] = shape;
        const classMap = classMapOf(values, { channels, height, width });
        if (!data.equals(classMap)) different.push(`${name}: class map`);
      }
      expect(different).toEqual([]);
    },
  );

  it.skipIf(recordedFolder === undefined)('is met by every list of object rows', () => {
    const different: string[] = [];
    for (const { name, text, expected } of casesIn('obj')) {
      const { rows } = JSON.parse(text) as { rows: DetectionRow[] };
      const annotations = objectAnnotations(rows, (x, y) => [x * 8, y * 8]);
      if (stringifyIndented(annotations) !== expected) different.push(name);
    }
    expect(different).toEqual([]);
  });
});
