import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeYolo } from '@arae/cv-inference';
import { createRandom } from '@arae/floorplan';
import type { Works } from '../works.ts';

const CLASSES = 8;
const VALUES = 5 + CLASSES;
/** Boxes of the network for one thing that it sees. */
const COPIES = 10;
/** Of the boxes, those that mean something; the rest has next to no score. */
const SEEN = 0.1;

/** Non-maximum suppression of the raw output of a detector, of which a tenth are ten boxes each around one thing. */
export const boxes: Works = {
  prepare: (folder, size) => {
    const random = createRandom(7);
    const output = new Float32Array(size * VALUES).fill(0.01);
    const count = Math.floor((size * SEEN) / COPIES);
    for (let thing = 0; thing < count; thing++) {
      const [x, y, kind] = [
        (thing % 60) * 120 + 60,
        Math.floor(thing / 60) * 120 + 60,
        random.integer(CLASSES),
      ];
      for (let copy = 0; copy < COPIES; copy++) {
        const at = (thing * COPIES + copy) * VALUES;
        output.set([x + random.integer(5), y + random.integer(5), 80, 60, 0.95 - copy / 100], at);
        output[at + 5 + kind] = 0.99;
      }
    }
    writeFileSync(join(folder, 'boxes.bin'), new Uint8Array(output.buffer));
    return Promise.resolve();
  },
  ours: (folder) => {
    const bytes = readFileSync(join(folder, 'boxes.bin'));
    const output = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    return Promise.resolve(
      () => decodeYolo(output, { classCount: CLASSES, maxDetections: output.length }).length,
    );
  },
  plain: 'python',
};
