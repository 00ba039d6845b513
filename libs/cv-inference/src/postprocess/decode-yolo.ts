/** One box of a detection network. */
export interface DetectionRow {
  /** In pixels of the network's input. */
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
  /** Box score × class score, 0…1; a single-precision value. */
  readonly confidence: number;
  /** From 0. */
  readonly class: number;
}

export interface DecodeYoloOptions {
  /** Boxes must score more than this; default 0.4. */
  readonly confidence?: number | undefined;
  /** Of boxes of one class that overlap by more than this (intersection over union) the best stays; default 0.5. */
  readonly iou?: number | undefined;
  readonly classCount: number;
  /** Most boxes that are returned; default 1000. */
  readonly maxDetections?: number | undefined;
}

const DEFAULTS = { confidence: 0.4, iou: 0.5, maxDetections: 1000 };
/** Of more candidates than this only the best are looked at. */
const MAX_CANDIDATES = 30_000;
/** cx, cy, width, height, box score; class scores follow. */
const BOX_VALUES = 5;
/** Boxes of class n are moved by n times this, so that boxes of different classes never overlap. */
const CLASS_OFFSET = 7680;

/**
 * Boxes from the raw output of a YOLOv5 network, after non-maximum suppression, best first. Computes in single
 * precision in YOLOv5's order, so that the same boxes survive; equal scores keep the order of the output.
 *
 * @param output `boxes × (5 + classCount)`: centre, size (input pixels), box score, class scores
 * @throws {RangeError} if the output's length is no multiple of 5 + classCount
 */
export function decodeYolo(output: Float32Array, options: DecodeYoloOptions): DetectionRow[] {
  const { classCount } = options;
  const iou = options.iou ?? DEFAULTS.iou;
  const maxDetections = options.maxDetections ?? DEFAULTS.maxDetections;
  const threshold = Math.fround(options.confidence ?? DEFAULTS.confidence);
  if (classCount < 1 || output.length % (BOX_VALUES + classCount) !== 0) {
    throw new RangeError(`detector output: ${output.length} values are no rows of 5 + ${classCount}`);
  }
  const candidates = candidatesOf(output, classCount, threshold)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MAX_CANDIDATES);

  const kept: DetectionRow[] = [];
  const keptByClass = new Map<number, OffsetBox[]>();
  for (const row of candidates) {
    if (kept.length >= maxDetections) break;
    const box = offsetBoxOf(row);
    const rivals = keptByClass.get(row.class) ?? [];
    if (rivals.some((rival) => overlapOf(rival, box) > iou)) continue;
    kept.push(row);
    rivals.push(box);
    keptByClass.set(row.class, rivals);
  }
  return kept;
}

function candidatesOf(output: Float32Array, classCount: number, threshold: number): DetectionRow[] {
  const { fround } = Math;
  const rows: DetectionRow[] = [];
  for (let at = 0; at < output.length; at += BOX_VALUES + classCount) {
    const boxScore = output[at + 4]!;
    if (!(boxScore > threshold)) continue;
    let best = 0;
    let confidence = fround(output[at + BOX_VALUES]! * boxScore);
    for (let index = 1; index < classCount; index += 1) {
      const score = fround(output[at + BOX_VALUES + index]! * boxScore);
      if (score > confidence) {
        best = index;
        confidence = score;
      }
    }
    if (!(confidence > threshold)) continue;
    const halfWidth = fround(output[at + 2]! / 2);
    const halfHeight = fround(output[at + 3]! / 2);
    rows.push({
      xmin: fround(output[at]! - halfWidth),
      ymin: fround(output[at + 1]! - halfHeight),
      xmax: fround(output[at]! + halfWidth),
      ymax: fround(output[at + 1]! + halfHeight),
      confidence,
      class: best,
    });
  }
  return rows;
}

interface OffsetBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly area: number;
}

// Only boxes of one class are compared, so the offset matters for nothing but the last bits of the coordinates; those
// decide overlaps at the threshold.
function offsetBoxOf(row: DetectionRow): OffsetBox {
  const { fround } = Math;
  const offset = row.class * CLASS_OFFSET;
  const left = fround(row.xmin + offset);
  const top = fround(row.ymin + offset);
  const right = fround(row.xmax + offset);
  const bottom = fround(row.ymax + offset);
  return { left, top, right, bottom, area: fround(fround(right - left) * fround(bottom - top)) };
}

function overlapOf(one: OffsetBox, other: OffsetBox): number {
  const { fround } = Math;
  const width = fround(Math.min(one.right, other.right) - Math.max(one.left, other.left));
  const height = fround(Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
  if (width <= 0 || height <= 0) return 0;
  const shared = fround(width * height);
  return fround(shared / fround(fround(one.area + other.area) - shared));
}
