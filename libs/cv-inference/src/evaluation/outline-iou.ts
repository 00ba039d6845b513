/** Distance in pixels between the lines along which outlines are compared. */
const LINE_PITCH = 2;

type Interval = readonly [from: number, to: number];

/**
 * Area that two outlines share ÷ area that they cover together, 0…1 (Jaccard index).
 *
 * Areas are sums over horizontal lines `LINE_PITCH` apart, exact along each line: on rooms of a full-size sheet the result
 * is right to about 0.005. Outlines may cross themselves (even–odd rule).
 *
 * @param a `[x1, y1, x2, y2, …]`, the same for `b`
 */
export function outlineIou(a: readonly number[], b: readonly number[]): number {
  const [top, bottom] = [Math.max(lowest(a), lowest(b)), Math.min(highest(a), highest(b))];
  const first = Math.floor(Math.min(lowest(a), lowest(b)) / LINE_PITCH);
  const last = Math.ceil(Math.max(highest(a), highest(b)) / LINE_PITCH);
  if (!(top < bottom)) return 0;
  let shared = 0;
  let own = 0;
  for (let row = first; row < last; row++) {
    // Half-way between whole pixels: outlines have their corners on whole ones.
    const y = row * LINE_PITCH + 0.5;
    const ofA = crossings(a, y);
    const ofB = crossings(b, y);
    own += lengthOf(ofA) + lengthOf(ofB);
    shared += sharedLength(ofA, ofB);
  }
  return own === shared ? 0 : shared / (own - shared);
}

const lowest = (outline: readonly number[]) => extreme(outline, Math.min, Infinity);
const highest = (outline: readonly number[]) => extreme(outline, Math.max, -Infinity);

function extreme(outline: readonly number[], pick: (a: number, b: number) => number, start: number): number {
  return outline.reduce((best, value, index) => (index % 2 === 1 ? pick(best, value) : best), start);
}

/** Where a horizontal line lies in the outline. */
function crossings(outline: readonly number[], y: number): Interval[] {
  const xs: number[] = [];
  const count = outline.length / 2;
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const [x1, y1] = [outline[2 * i] as number, outline[2 * i + 1] as number];
    const [x2, y2] = [outline[2 * j] as number, outline[2 * j + 1] as number];
    if (y1 > y !== y2 > y) xs.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  xs.sort((a, b) => a - b);
  return xs.flatMap((x, i) => (i % 2 === 0 ? [[x, xs[i + 1] as number] as const] : []));
}

const lengthOf = (intervals: readonly Interval[]) =>
  intervals.reduce((sum, [from, to]) => sum + to - from, 0);

function sharedLength(a: readonly Interval[], b: readonly Interval[]): number {
  let sum = 0;
  for (const [from, to] of a) {
    for (const [start, end] of b) sum += Math.max(0, Math.min(to, end) - Math.max(from, start));
  }
  return sum;
}
