import type { Size } from '../images/drawing.ts';

/** A class map and where its pixels lie in the drawing. */
export interface BlockGrid extends Size {
  /** Row-major, one byte a pixel. */
  readonly classes: Uint8Array;
  /** Drawing column at which each map column begins; the last entry is the end. Strictly rising. */
  readonly left: Int32Array;
  /** The same for rows. */
  readonly top: Int32Array;
}

export interface ClassMapPlace {
  /** Size of the class map. */
  readonly width: number;
  readonly height: number;
  /** The part that shows the drawing, from the top left. */
  readonly used: Size;
  /** Drawing pixels per map pixel. */
  readonly scale: { readonly x: number; readonly y: number };
}

/**
 * Cuts a class map to the part in use and tells which drawing pixels each of its pixels covers when it is enlarged by
 * repeating pixels. Map columns and rows that cover none (the drawing is smaller than the map) are left out.
 *
 * @throws {RangeError} if the sizes do not fit each other
 */
export function blockGridOf(classMap: Uint8Array, { width, height, used, scale }: ClassMapPlace): BlockGrid {
  if (classMap.length !== width * height || used.width > width || used.height > height) {
    throw new RangeError(
      `class map: ${classMap.length} pixels do not hold ${used.width} × ${used.height} of ${width} × ${height}`,
    );
  }
  const columns = coveringSpans(used.width, scale.x);
  const rows = coveringSpans(used.height, scale.y);
  const classes = new Uint8Array(columns.kept.length * rows.kept.length);
  let to = 0;
  for (const row of rows.kept) {
    for (const column of columns.kept) {
      classes[to] = classMap[row * width + column]!;
      to += 1;
    }
  }
  return {
    width: columns.kept.length,
    height: rows.kept.length,
    classes,
    left: columns.starts,
    top: rows.starts,
  };
}

function coveringSpans(length: number, scale: number): { kept: Int32Array; starts: Int32Array } {
  const enlarged = Math.round(length * scale);
  const kept: number[] = [];
  const starts: number[] = [];
  for (let pixel = 0; pixel < length; pixel += 1) {
    const start = Math.ceil((pixel * enlarged) / length);
    const end = Math.ceil(((pixel + 1) * enlarged) / length);
    if (end === start) continue;
    kept.push(pixel);
    starts.push(start);
  }
  return { kept: Int32Array.from(kept), starts: Int32Array.from([...starts, enlarged]) };
}
