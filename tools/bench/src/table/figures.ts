import { median } from '../median.ts';

/** Seconds of both sides, a pair for each round, and their largest resident sizes in MiB. */
export interface Measured {
  readonly size: number;
  readonly ours: readonly number[];
  readonly plain: readonly number[];
  readonly oursMiB: number;
  readonly plainMiB: number;
}

export interface Figures {
  readonly oursSeconds: number;
  readonly plainSeconds: number;
  /** How many times as fast ours is: median, least and largest of the rounds. */
  readonly ratio: { readonly median: number; readonly least: number; readonly largest: number };
  /** Seconds of ours in relation to the size before; null for the first. */
  readonly growth: number | null;
}

export function figuresOf(measured: Measured, before: Measured | null): Figures {
  const ratios = measured.ours.map((seconds, round) => (measured.plain[round] ?? NaN) / seconds);
  const oursSeconds = median(measured.ours);
  return {
    oursSeconds,
    plainSeconds: median(measured.plain),
    ratio: { median: median(ratios), least: Math.min(...ratios), largest: Math.max(...ratios) },
    growth: before === null ? null : oursSeconds / median(before.ours),
  };
}
