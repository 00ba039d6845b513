import { figuresOf } from './figures.ts';
import type { Measured } from './figures.ts';

export interface MeasuredRow {
  readonly name: string;
  readonly plainName: string;
  readonly unit: string;
  /** In the order of their sizes. */
  readonly sizes: readonly Measured[];
  /** Why there is nothing, or nothing more. */
  readonly missing: string | null;
}

const HEAD = [
  'what',
  'beside',
  'size',
  'ours',
  'plain',
  'ours is … × as fast',
  'growth',
  'ours MiB',
  'plain MiB',
];

/** All measurements as one Markdown table. */
export function renderTable(rows: readonly MeasuredRow[]): string {
  const cells = rows.flatMap(({ name, plainName, unit, sizes, missing }) => [
    ...sizes.map((measured, index) => {
      const { oursSeconds, plainSeconds, ratio, growth } = figuresOf(measured, sizes[index - 1] ?? null);
      return [
        index === 0 ? name : '',
        index === 0 ? plainName : '',
        `${measured.size.toLocaleString('en')} ${unit}`,
        time(oursSeconds),
        time(plainSeconds),
        `${short(ratio.median)} (${short(ratio.least)}–${short(ratio.largest)})`,
        growth === null ? '' : `${short(growth)} ×`,
        measured.oursMiB.toFixed(0),
        measured.plainMiB.toFixed(0),
      ];
    }),
    ...(missing === null ? [] : [[name, plainName, missing, '', '', '', '', '', '']]),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    `| ${parts.map((part, column) => part.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function time(seconds: number): string {
  return seconds < 1 ? `${short(1000 * seconds)} ms` : `${short(seconds)} s`;
}

/** Three digits. */
function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
