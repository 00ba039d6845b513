import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { PHASES } from './phases.ts';

/** Steps that run at the same time. */
const SIDE_BY_SIDE = new Set(['3a', '3b']);
/** Needs a GPU and hours: never without being asked for by name. */
const TRAINING = '6';

/**
 * Parses `--step`.
 *
 * @throws UsageError for a step that does not exist.
 */
export function parseSteps(text: string | undefined): string[] {
  const known = [...PHASES.keys()];
  if (text === undefined) return known.filter((step) => step !== TRAINING);
  const asked = text.split(',').map((step) => step.trim());
  const unknown = asked.find((step) => !known.includes(step));
  if (unknown !== undefined) {
    throw new UsageError(`--step: there is no step "${unknown}": choose from ${known.join(',')}`);
  }
  // In the order of the phases, whatever the order asked.
  return known.filter((step) => asked.includes(step));
}

/** Runs steps one after the other, the two teachers side by side; stops at the first that does not end well. */
export async function runSteps(
  steps: readonly string[],
  context: RunContext,
  onSummary: (summary: PhaseSummary) => void,
): Promise<PhaseSummary[]> {
  const summaries: PhaseSummary[] = [];
  for (const group of groupSteps(steps)) {
    if (context.stop.aborted) throw new InterruptedError();
    // Both teachers are let to their end, even if one fails: what it has paid for is kept.
    const phases = group.flatMap((step) => PHASES.get(step) ?? []);
    const results = await Promise.allSettled(phases.map(({ run }) => run(context)));
    for (const result of results) {
      if (result.status === 'fulfilled') {
        summaries.push(result.value);
        onSummary(result.value);
      }
    }
    const failure = results.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    const bad = summaries.find(({ exitCode }) => exitCode !== EXIT.done);
    if (bad !== undefined) {
      const left = steps.slice(steps.indexOf(group.at(-1) as string) + 1);
      if (left.length > 0) context.display.log(`run: stopped after ${bad.phase}; ${left.join(', ')} not run`);
      break;
    }
  }
  return summaries;
}

function groupSteps(steps: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && SIDE_BY_SIDE.has(step) && SIDE_BY_SIDE.has(last[0] as string)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}
