import { escapeXml } from '../escape-xml.ts';

/** Colours of the teachers in the charts, told apart also without red and green; each 3 : 1 and more on white. */
export const COLOURS = ['#0b5fa5', '#c2410c', '#0f766e', '#7c3aed', '#a16207', '#be185d'] as const;

export const colourOf = (index: number): string => COLOURS[index % COLOURS.length] as string;

const LEFT = 200;
const WIDTH = 860;
const RIGHT = 70;
const ROW = 30;

/** Where a value lies across the chart. */
function scale(low: number, high: number): (value: number) => number {
  const span = high - low || 1;
  return (value) => LEFT + ((Math.min(Math.max(value, low), high) - low) / span) * (WIDTH - LEFT - RIGHT);
}

function svg(height: number, title: string, content: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(title)}">${content}</svg>`;
}

function grid(low: number, high: number, height: number, write: (value: number) => string): string {
  const x = scale(low, high);
  return ticks(low, high)
    .map(
      (value) =>
        `<line class="grid" x1="${px(x(value))}" x2="${px(x(value))}" y1="6" y2="${height - 22}"/><text class="tick" x="${px(x(value))}" y="${height - 6}">${escapeXml(write(value))}</text>`,
    )
    .join('');
}

/** Round numbers from `low` to `high`: 1, 2 or 5 times a power of ten apart, four to nine of them. */
export function ticks(low: number, high: number): number[] {
  const rough = (high - low || 1) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((times) => times * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  // Whole multiples, so that no rounding adds up.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const px = (value: number) => String(Math.round(value * 10) / 10);

const rowLabel = (name: string, y: number) => `<text class="row" x="${LEFT - 12}" y="${px(y + 5)}">${name}</text>`; // prettier-ignore

export interface IntervalRow {
  /** Markup of the name. */
  name: string;
  low: number;
  mean: number;
  high: number;
  colour: string;
  isFaint?: boolean;
}

/**
 * Means with their intervals, one below the other.
 *
 * @param band a part of the axis that is shaded, for instance what counts as equal
 */
export function intervalChart(
  title: string,
  rows: readonly IntervalRow[],
  band: readonly [low: number, high: number] | null,
  write: (value: number) => string = (value) => value.toFixed(2),
): string {
  if (rows.length === 0) return '';
  const ends = [...rows.flatMap(({ low, high }) => [low, high]), ...(band ?? [])];
  const air = Math.max(0.01, 0.08 * (Math.max(...ends) - Math.min(...ends)));
  const low = Math.min(...ends) - air;
  const high = Math.max(...ends) + air;
  const x = scale(low, high);
  const height = rows.length * ROW + 34;
  const shade =
    band === null
      ? ''
      : `<rect class="band" x="${px(x(band[0]))}" y="6" width="${px(x(band[1]) - x(band[0]))}" height="${height - 28}"/>`;
  const marks = rows.map((row, index) => {
    const y = 22 + index * ROW;
    const text = `${write(row.mean)} (${write(row.low)} … ${write(row.high)})`;
    return `<g${row.isFaint ? ' class="faint"' : ''}>${rowLabel(row.name, y)}<line x1="${px(x(row.low))}" x2="${px(x(row.high))}" y1="${y}" y2="${y}" stroke="${row.colour}" stroke-width="3"/><circle cx="${px(x(row.mean))}" cy="${y}" r="6" fill="${row.colour}"><title>${escapeXml(text)}</title></circle></g>`;
  });
  return svg(height, title, shade + grid(low, high, height, write) + marks.join(''));
}

export interface BarGroup {
  /** Markup of the name. */
  name: string;
  /** 0–1 for each series; null leaves the bar out. */
  values: readonly (number | null)[];
}

/** Shares of several series in groups, as horizontal bars from 0 to 1. */
export function barChart(title: string, groups: readonly BarGroup[], series: readonly string[]): string {
  const bar = 11;
  const step = series.length * (bar + 2) + 14;
  const height = groups.length * step + 34;
  const x = scale(0, 1);
  const marks = groups.map(({ name, values }, group) => {
    const top = 12 + group * step;
    const bars = values.map((value, index) => {
      const y = top + index * (bar + 2);
      if (value === null) return '';
      return `<rect x="${LEFT}" y="${y}" width="${px(x(value) - LEFT)}" height="${bar}" fill="${colourOf(index)}"><title>${escapeXml(`${series[index]}: ${value.toFixed(3)}`)}</title></rect><text class="value" x="${px(x(value) + 5)}" y="${y + bar - 1}">${value.toFixed(3)}</text>`;
    });
    return rowLabel(name, top + (step - 14) / 2) + bars.join('');
  });
  return svg(height, title, grid(0, 1, height, (value) => value.toFixed(1)) + marks.join(''));
}

export interface StackedRow {
  name: string;
  parts: readonly { label: string; count: number; colour: string }[];
}

/** Shares of a whole, a row each. */
export function stackedChart(title: string, rows: readonly StackedRow[]): string {
  const height = rows.length * ROW + 34;
  const x = scale(0, 1);
  const marks = rows.map(({ name, parts }, index) => {
    const y = 8 + index * ROW;
    const whole = parts.reduce((sum, { count }) => sum + count, 0) || 1;
    let before = 0;
    const pieces = parts.map(({ label, count, colour }) => {
      const start = x(before / whole);
      before += count;
      const width = x(before / whole) - start;
      if (count === 0) return '';
      const text = width > 34 ? `<text class="inside" x="${px(start + width / 2)}" y="${y + 16}">${count}</text>` : ''; // prettier-ignore
      return `<rect x="${px(start)}" y="${y}" width="${px(width)}" height="22" fill="${colour}"><title>${escapeXml(`${label}: ${count}`)}</title></rect>${text}`;
    });
    return rowLabel(name, y + 11) + pieces.join('');
  });
  return svg(height, title, grid(0, 1, height, (value) => `${Math.round(100 * value)} %`) + marks.join(''));
}

export interface SpreadRow {
  name: string;
  colour: string;
  spread: { min: number; p25: number; median: number; p75: number; max: number };
}

/** Boxes from the first to the third quarter with the median, and lines to the ends. */
export function spreadChart(title: string, rows: readonly SpreadRow[]): string {
  const height = rows.length * ROW + 34;
  const high = Math.max(1, ...rows.map(({ spread }) => spread.max)) * 1.02;
  const x = scale(0, high);
  const marks = rows.map(({ name, colour, spread }, index) => {
    const y = 22 + index * ROW;
    const text = `${Math.round(spread.min)} … ${Math.round(spread.median)} … ${Math.round(spread.max)}`;
    return `${rowLabel(name, y)}<g><title>${escapeXml(text)}</title><line x1="${px(x(spread.min))}" x2="${px(x(spread.max))}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"/><rect x="${px(x(spread.p25))}" y="${y - 8}" width="${px(Math.max(2, x(spread.p75) - x(spread.p25)))}" height="16" fill="${colour}" fill-opacity="0.35" stroke="${colour}"/><line x1="${px(x(spread.median))}" x2="${px(x(spread.median))}" y1="${y - 9}" y2="${y + 9}" stroke="${colour}" stroke-width="4"/></g>`;
  });
  return svg(
    height,
    title,
    grid(0, high, height, (value) => Math.round(value).toLocaleString('en')) + marks.join(''),
  );
}

export interface HistogramBar {
  /** Plain text. */
  name: string;
  count: number;
  isFaint?: boolean;
}

/** Counts, a bar each, one below the other. */
export function histogramChart(title: string, bars: readonly HistogramBar[]): string {
  const height = bars.length * 22 + 34;
  const high = Math.max(1, ...bars.map(({ count }) => count)) * 1.02;
  const x = scale(0, high);
  const marks = bars.map(({ name, count, isFaint }, index) => {
    const y = 8 + index * 22;
    return `<g${isFaint ? ' class="faint"' : ''}>${rowLabel(escapeXml(name), y + 8)}<rect x="${LEFT}" y="${y}" width="${px(x(count) - LEFT)}" height="16" fill="${colourOf(isFaint ? 1 : 0)}"><title>${escapeXml(`${name}: ${count}`)}</title></rect><text class="value" x="${px(x(count) + 5)}" y="${y + 12}">${count}</text></g>`;
  });
  return svg(
    height,
    title,
    grid(0, high, height, (value) => (Number.isInteger(value) ? value.toLocaleString('en') : '')) +
      marks.join(''),
  );
}
