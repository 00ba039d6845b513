import type { Random } from '@arae/floorplan';
import type { Clock } from '@arae/progress';
import type { Admission } from '../admission/admission.ts';
import type { Budget } from '../budget/budget.ts';
import type { TeacherError } from '../errors/teacher-errors.ts';
import type { LabelJournal } from '../journal/label-journal.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { Teacher, TokenUsage } from '../teachers/teacher.ts';
import type { Verification } from '../verification/verification.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What happens on the way, for a display. */
export type LabelEvent =
  | { type: 'answered'; id: string; usage: TokenUsage; model: string }
  | { type: 'answer-rejected'; id: string; reason: string; willAskAgain: boolean }
  | { type: 'contradicted'; id: string; round: number; contradictions: number; willAskAgain: boolean }
  | { type: 'request-failed'; id: string; error: TeacherError; waitMs: number | null }
  | { type: 'paused'; ms: number; reason: string };

/** What labelling needs beside the items. */
export interface LabelItemContext {
  teacher: Teacher;
  journal: LabelJournal;
  admission: Admission;
  policy: RetryPolicy;
  clock: Clock;
  random: Random;
  /** What may be spent; null: no cap. */
  budget: Budget | null;
  /** Needed for a budget. */
  prices: PriceBook | null;
  /** Holds a label against its graph and sends it back; null: the first label is taken. */
  verification: Verification | null;
  /** Ask again what was given up earlier. */
  retryFailed: boolean;
  /** Aborted when no further request may start; a request under way is finished, since it is paid. */
  stop: AbortSignal;
  /** Aborted when even requests under way are dropped. */
  abort: AbortSignal;
  onEvent: (event: LabelEvent) => void;
}
