import { median } from './median.ts';

export interface Candidate {
  readonly name: string;
  run(): unknown;
}

export interface Measurement {
  readonly name: string;
  /** Median of the rounds. */
  readonly seconds: number;
  /** Seconds in relation to the first candidate, the baseline. */
  readonly ratio: number;
}

/** Runs all candidates in turn, `rounds` times over, so that whatever else the machine does meets all of them alike. */
export function sideBySide(rounds: number, candidates: readonly Candidate[]): Measurement[] {
  const seconds = candidates.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    candidates.forEach((candidate, index) => {
      const start = process.hrtime.bigint();
      candidate.run();
      seconds[index]?.push(Number(process.hrtime.bigint() - start) / 1e9);
    });
  }
  const medians = seconds.map(median);
  const baseline = medians[0] ?? NaN;
  return candidates.map(({ name }, index) => {
    const own = medians[index] ?? NaN;
    return { name, seconds: own, ratio: own / baseline };
  });
}
