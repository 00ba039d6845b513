import { randomUUID } from 'node:crypto';
import { fetchOpenBatches, labelInBatches, labelItems } from '@arae/labelers';
import type { BatchEvent, LabelItemsOptions } from '@arae/labelers';
import type { ProgressDisplay } from '@arae/progress';
import type { PipelineConfig } from '../config/config-schema.ts';
import { UsageError } from '../errors.ts';

/**
 * Labels live or in batches, as configured. Batches of an earlier run are fetched first in either mode: they are paid.
 *
 * @throws UsageError for batches of a teacher that has none
 */
export async function labelByMode(
  options: LabelItemsOptions,
  { mode, batchFallback, batchPollMs, batchMaxMs }: PipelineConfig['labeling'],
  display: ProgressDisplay,
): Promise<void> {
  const { teacher, journal } = options;
  const { batches } = teacher;
  if (batches === undefined) {
    if (mode === 'batch' && teacher.isPaid) {
      throw new UsageError(`${teacher.name} has no batches: label it with --mode live`);
    }
    return labelItems(options);
  }
  const batchOptions = {
    ...options,
    batches,
    pollMs: batchPollMs,
    maxBatchMs: batchMaxMs,
    fallback: batchFallback,
    newName: () => `arae-${teacher.name}-${randomUUID()}`,
    onBatch: (event: BatchEvent) => {
      const line = describeBatchEvent(event);
      if (line !== null) display.log(`${teacher.name}: ${line}`);
    },
  };
  if (mode === 'batch') return labelInBatches(batchOptions);
  if (journal.openBatches().length > 0) {
    display.log(
      `${teacher.name}: ${journal.openBatches().length} batches of an earlier run are fetched first`,
    );
    await fetchOpenBatches(batchOptions);
  }
  return labelItems(options);
}

function describeBatchEvent(event: BatchEvent): string | null {
  switch (event.type) {
    case 'submitted':
      return `batch ${event.batchId} of ${event.requests} requests is with the provider`;
    case 'polled':
      return null;
    case 'waiting':
      return `${event.name}: ${event.reason}, trying again`;
    case 'ended':
      return `${event.name}: ${event.state}, ${event.answers} answers, ${event.errors} errors`;
    case 'cancelled':
      return `${event.name}: ${event.state} for too long, cancelled`;
    case 'fallback':
      return `${event.requests} requests that batches did not bring are asked live`;
  }
}
