import { createRandom, shuffled } from '@arae/floorplan';
import type { DrawingFile } from '@arae/sampling';

/** Names like ARAE's (`APT_FP_OBJ_001046197.PNG`), four kinds, numbers from 001000000, sizes around 400 KB, in random order. */
export function madeUpDrawings(count: number): DrawingFile[] {
  const random = createRandom(1);
  const kinds = ['OBJ', 'OCR', 'SPA', 'STR'];
  const files = Array.from({ length: count }, (_, index) => ({
    name: `APT_FP_${kinds[index % 4]}_${String(1_000_000 + index * 7).padStart(9, '0')}.PNG`,
    size: 200_000 + random.integer(200_000) + random.integer(200_000),
  }));
  return shuffled(files, random);
}
