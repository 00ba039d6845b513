import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAggregator, parseDetections } from '@arae/cv-inference';
import { writePlans } from '@arae/plan-generator';
import type { Works } from '../works.ts';

/**
 * Detections of plans into graphs. Python with Shapely makes the plainest graph of the kind: rooms with area and label, doors between the two
 * nearest rooms, windows and fixtures of rooms, rooms that touch. It follows none of the service's rules beyond that.
 */
export const graph: Works = {
  prepare: async (folder, size) => {
    await writePlans({ outDir: folder, count: size, seed: 11, drawings: false });
  },
  ours: async (folder) => {
    const { aggregate } = await loadAggregator();
    const texts = readdirSync(join(folder, 'detections')).map((name) =>
      readFileSync(join(folder, 'detections', name), 'utf8'),
    );
    return () => {
      for (const text of texts) aggregate(parseDetections(text));
      return null;
    };
  },
  plain: 'python',
};
