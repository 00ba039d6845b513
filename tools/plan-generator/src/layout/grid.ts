import type { Rect } from '../geometry.ts';

/** A room before its walls are drawn: rectangles up to the centre lines of the walls. */
export interface Shape {
  readonly key: string;
  readonly cells: readonly Rect[];
}

/** A stretch of a line with the same room on either side all along; null is the open air. */
export interface Border {
  readonly axis: 'h' | 'v';
  /** y of a horizontal border, x of a vertical one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Room above (or left). */
  readonly before: string | null;
  /** Room below (or right). */
  readonly after: string | null;
}

/** All borders of the shapes, horizontal ones first; undefined when two shapes overlap. */
export function bordersOf(shapes: readonly Shape[]): Border[] | undefined {
  const cells = shapes.flatMap((shape) => shape.cells);
  const xs = sortedUnique(cells.flatMap(({ x0, x1 }) => [x0, x1]));
  const ys = sortedUnique(cells.flatMap(({ y0, y1 }) => [y0, y1]));
  const owners = new Map<number, string>();
  const slot = (column: number, row: number) => row * (xs.length + 2) + column + 1;
  for (const { key, cells } of shapes) {
    for (const { x0, y0, x1, y1 } of cells) {
      for (let row = ys.indexOf(y0); row < ys.indexOf(y1); row++) {
        for (let column = xs.indexOf(x0); column < xs.indexOf(x1); column++) {
          if (owners.has(slot(column, row))) return undefined;
          owners.set(slot(column, row), key);
        }
      }
    }
  }
  const owner = (column: number, row: number): string | null => owners.get(slot(column, row)) ?? null;
  return [
    ...linesOf('h', ys, xs, (line, step) => [owner(step, line - 1), owner(step, line)]),
    ...linesOf('v', xs, ys, (line, step) => [owner(line - 1, step), owner(line, step)]),
  ];
}

function linesOf(
  axis: 'h' | 'v',
  lines: readonly number[],
  steps: readonly number[],
  ownersAt: (line: number, step: number) => [string | null, string | null],
): Border[] {
  const borders: Border[] = [];
  lines.forEach((at, line) => {
    for (let step = 0; step + 1 < steps.length; step++) {
      const [before, after] = ownersAt(line, step);
      if (before === after) continue;
      const from = steps[step] as number;
      const to = steps[step + 1] as number;
      const last = borders.at(-1);
      if (last?.at === at && last.to === from && last.before === before && last.after === after) {
        borders[borders.length - 1] = { ...last, to };
      } else borders.push({ axis, at, from, to, before, after });
    }
  });
  return borders;
}

const sortedUnique = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
