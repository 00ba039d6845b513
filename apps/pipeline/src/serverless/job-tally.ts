import type { JobHistory } from './serverless-journal.ts';

/** What jobs took and cost, earlier runs included. */
export interface JobTally {
  /** Under way now. */
  queued: number;
  working: number;
  /** Ended in this run. */
  jobs: number;
  executionMs: number;
  /** Submissions without an answer: each may have been carried out, and be billed, all the same. */
  unclear: number;
  pickedUp: number;
  shrunk: number;
}

export const emptyTally = (): JobTally => ({
  queued: 0,
  working: 0,
  jobs: 0,
  executionMs: 0,
  unclear: 0,
  pickedUp: 0,
  shrunk: 0,
});

/** Line for the time before anything is submitted. */
export function estimateLine(
  drawings: number,
  open: number,
  { ended, executionMs }: Pick<JobHistory, 'ended' | 'executionMs'>,
  pricePerSecond: number | null,
): string {
  const toSubmit = drawings - open;
  const start = `${toSubmit} drawings to submit${open === 0 ? '' : `, ${open} jobs of an earlier run to fetch`}`;
  if (ended.size === 0) return `${start}; no job has been measured yet, so there is no estimate of the cost`;
  const seconds = executionMs / ended.size / 1000;
  const each = `${seconds.toFixed(1)} s each so far`;
  if (pricePerSecond === null) return `${start}; ${each}; set cv.runpod.pricePerSecond to see the cost`;
  return `${start}; about ${usd(toSubmit * seconds * pricePerSecond)} (${each} at USD ${pricePerSecond} a second)`;
}

/** Short remark behind the bar. */
export function tallyNote({ queued, working, executionMs }: JobTally, pricePerSecond: number | null): string {
  const cost = pricePerSecond === null ? '' : ` · ${usd((executionMs / 1000) * pricePerSecond)}`;
  return `${queued} queued · ${working} working${cost}`;
}

export function tallyFigures(tally: JobTally, earlier: JobHistory, pricePerSecond: number | null) {
  const costOf = (ms: number) =>
    pricePerSecond === null ? null : Number(((ms / 1000) * pricePerSecond).toFixed(6));
  return {
    jobs: tally.jobs,
    'jobs picked up': tally.pickedUp,
    'execution seconds': Number((tally.executionMs / 1000).toFixed(3)),
    'cost USD': costOf(tally.executionMs),
    'cost USD with earlier runs': costOf(tally.executionMs + earlier.executionMs),
  };
}

const usd = (amount: number) => `USD ${amount.toFixed(amount < 1 ? 4 : 2)}`;
