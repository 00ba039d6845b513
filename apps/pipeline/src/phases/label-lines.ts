import type { Admission, LabelEvent } from '@arae/labelers';
import { formatDuration } from '@arae/progress';
import type { LabelCollector } from './label-collector.ts';

/** Money spent and where it leads, and how many requests are let through. */
export function noteOf(
  { totals, completed, failed }: LabelCollector,
  all: number,
  admission: Admission,
  isSimulated: boolean,
): string {
  const done = completed.length + failed.length;
  const spent = totals.costUsd;
  const projected = done === 0 ? 0 : (spent / done) * Math.max(all, done);
  return `USD ${spent.toFixed(2)} of about ${projected.toFixed(2)}${isSimulated ? ' (simulated)' : ''}, ${millions(totals.inputTokens + totals.outputTokens)} M tokens, ${admission.running} of ${admission.limit} places`;
}

function millions(tokens: number): string {
  return (tokens / 1_000_000).toFixed(2);
}

/** What of an event is worth a line; null: nothing. */
export function describeEvent(name: string, event: LabelEvent): string | null {
  switch (event.type) {
    case 'answered':
    case 'contradicted':
    case 'request-failed':
      return null;
    case 'answer-rejected':
      return `${name}: ${event.id}: ${event.reason}${event.willAskAgain ? ', asking once more' : ', given up'}`;
    case 'paused':
      return `${name}: pausing ${formatDuration(event.ms)}: ${event.reason}`;
  }
}
