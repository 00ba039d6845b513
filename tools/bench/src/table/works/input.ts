import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cropToMultiple, decodeDrawing, segmentationInput } from '@arae/cv-inference';
import { madeUpSheets } from '../../made-up-sheets.ts';
import type { Works } from '../works.ts';

const SHEET = { width: 1242, height: 878 };

/** PNG sheets of a quarter of the usual sides, decoded, cropped, reduced and laid out as inputs of the segmentation network. */
export const input: Works = {
  prepare: async (folder, size) => {
    const sheets = await madeUpSheets(folder, size, SHEET);
    writeFileSync(join(folder, 'sheets.json'), JSON.stringify(sheets.map(({ file }) => file)));
  },
  ours: async (folder, size) => {
    const sheets = await madeUpSheets(folder, size, SHEET);
    return async () => {
      let sum = 0;
      for (const { file } of sheets) {
        const { data, width, height } = segmentationInput(cropToMultiple(await decodeDrawing(file), 32));
        // The middle of the picture: one row of each colour.
        for (let plane = 0; plane < 3; plane++) {
          const start = (plane * height + (height >> 1)) * width;
          for (let x = 0; x < width; x++) sum += data[start + x]!;
        }
      }
      return Math.round(sum);
    };
  },
  plain: 'python',
};
