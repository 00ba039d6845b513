import type { Detections, DetectorInput, SegmentationInput } from '@arae/cv-inference';

/** A score that leaves no doubt after softmax. */
const SURE = 8;
/** Copies of a box that the network reports with it and that have to be suppressed. */
const COPIES = 8;

/**
 * What a trained network would say of a sheet, as logits: one channel for each category. Outlines are ragged by a pixel
 * of the map, as a network's are.
 */
export function paintedScores(
  areas: Detections['spa'] | Detections['str'],
  { width, height, used, scale }: Omit<SegmentationInput, 'data'>,
  categories: readonly number[],
): Float32Array {
  const classes = new Uint8Array(width * height);
  for (const { category_id: category, segmentation } of areas) {
    const value = categories.indexOf(Number(category)) + 1;
    const ring = segmentation?.[0]?.map(Number) ?? [];
    for (let y = 0; y < used.height; y++) {
      const crossings = crossingsOf(ring, (y + 0.5) * scale.y).map((x) => Math.round(x / scale.x));
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        classes.fill(value, y * width + (crossings[pair] ?? 0), y * width + (crossings[pair + 1] ?? 0));
      }
    }
  }
  const scores = new Float32Array(categories.length * width * height);
  for (let y = 0; y < used.height; y++) {
    for (let x = 0; x < used.width; x++) {
      const value = classes[(y + shake(x)) * width + x + shake(y)] ?? 0;
      if (value > 0) scores[((value - 1) * height + y) * width + x] = SURE;
    }
  }
  return scores;
}

/** What a trained detector would say: as many rows as it has, of little confidence but for the boxes that are there. */
export function paintedRows(
  boxes: Detections['obj'] | Detections['ocr'],
  { toDrawing }: Pick<DetectorInput, 'toDrawing'>,
  { rows, categories }: { rows: number; categories: readonly number[] },
): Float32Array {
  const values = 5 + categories.length;
  const output = new Float32Array(rows * values).fill(0.01);
  const toInput = inverseOf(toDrawing);
  const step = Math.floor(rows / (boxes.length * COPIES + 1));
  boxes.forEach(({ bbox, category_id: category }, index) => {
    const [x, y, width, height] = (bbox ?? [0, 0, 1, 1]).map(Number) as [number, number, number, number];
    const [left, top] = toInput(x, y);
    const [right, bottom] = toInput(x + width, y + height);
    for (let copy = 0; copy < COPIES; copy++) {
      const at = (index * COPIES + copy) * step * values;
      const box = [(left + right) / 2 + copy / 4, (top + bottom) / 2, right - left, bottom - top];
      output.set([...box, 0.95 - copy / 100], at);
      output[at + 5 + Math.max(0, categories.indexOf(Number(category)))] = 0.99;
    }
  });
  return output;
}

function crossingsOf(ring: readonly number[], y: number): number[] {
  const crossings: number[] = [];
  for (let at = 0; at < ring.length; at += 2) {
    const [x1 = 0, y1 = 0] = ring.slice(at, at + 2);
    const [x2 = 0, y2 = 0] = at + 2 < ring.length ? ring.slice(at + 2, at + 4) : ring;
    if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return crossings.sort((a, b) => a - b);
}

/** 0 or 1, the same for every run. */
function shake(place: number): number {
  return (Math.imul(place >> 1, 0x9e3779b1) >>> 29) & 1;
}

/** Both ways are a factor and an offset for each axis. */
function inverseOf(toDrawing: DetectorInput['toDrawing']) {
  const [x1, y1] = toDrawing(200, 200);
  const [x2, y2] = toDrawing(300, 300);
  const scaleX = (x2 - x1) / 100;
  const scaleY = (y2 - y1) / 100;
  return (x: number, y: number) => [200 + (x - x1) / scaleX, 200 + (y - y1) / scaleY] as const;
}
