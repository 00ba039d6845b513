import type { BatchClient } from './batch-client.ts';
import type { LabelItemContext } from '../scheduling/label-item-context.ts';

/** What happens to batches, for a display. */
export type BatchEvent =
  | { type: 'submitted'; name: string; requests: number; batchId: string }
  | { type: 'polled'; name: string; state: string }
  | { type: 'waiting'; name: string; reason: string }
  | { type: 'ended'; name: string; state: string; answers: number; errors: number }
  /** It took too long. */
  | { type: 'cancelled'; name: string; state: string }
  | { type: 'fallback'; requests: number };

/** What the work with batches needs. */
export interface BatchOptions extends Pick<
  LabelItemContext,
  'teacher' | 'journal' | 'policy' | 'clock' | 'budget' | 'prices' | 'stop' | 'abort' | 'onEvent'
> {
  batches: BatchClient;
  /** Milliseconds between two looks at a batch. */
  pollMs: number;
  /** Milliseconds after which a batch that has not ended is cancelled; what it has done by then is kept. */
  maxBatchMs: number;
  onBatch: (event: BatchEvent) => void;
}
