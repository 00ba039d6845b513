import { FAULT_KINDS } from '@arae/teacher-simulator';
import { simulatedRun } from './simulated-run.ts';

export interface FaultSweep {
  items: number;
  labelled: number;
  failed: number;
  /** Items without an end, and items with more than one. */
  lost: number;
  twice: number;
  requests: number;
  /** Requests that started while the provider had asked for a pause. */
  inPause: number;
  /** Answers that came and stand in the journal, against those that the teacher billed and sent whole. */
  answersKept: number;
  answersSent: number;
  /** Failed items without a reason, or without the text of an answer that they had. */
  unexplained: number;
}

/** Labels items of which a share of the requests meets every fault of the simulator in turn. */
export async function sweepFaults(items: number, disturbed: number, seed: number): Promise<FaultSweep> {
  const rate = disturbed / FAULT_KINDS.length;
  const run = await simulatedRun({
    items,
    concurrency: 20,
    seed,
    faults: {
      ...Object.fromEntries(FAULT_KINDS.map((kind) => [kind, rate])),
      maxFaultsPerRequest: null,
      latencyMs: { distribution: 'lognormal', median: 500 },
    },
  });
  if (run.error !== null) throw run.error as Error;
  const ends = new Map<string, number>();
  for (const { id } of run.outcomes) ends.set(id, (ends.get(id) ?? 0) + 1);
  const failed = run.outcomes.filter(({ isLabelled }) => !isLabelled);
  return {
    items,
    labelled: run.outcomes.length - failed.length,
    failed: failed.length,
    lost: items - ends.size,
    twice: [...ends.values()].filter((count) => count > 1).length,
    requests: run.starts.length,
    inPause: run.starts.filter((start) => run.pauses.some(({ from, to }) => start > from && start < to))
      .length,
    answersKept: run.records.filter(({ type }) => type === 'answer').length,
    answersSent: run.requests.filter(
      ({ completionTokens, outcome }) => completionTokens > 0 && outcome !== 'fault:cutConnection',
    ).length,
    unexplained: failed.filter((outcome) => !outcome.isLabelled && outcome.reason === '').length,
  };
}
