import { z } from 'zod';

/** States after which nothing more comes. */
export type EndedState = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TIMED_OUT';

export const jobSchema = z.object({
  id: z.string().min(1),
  /** IN_QUEUE, IN_PROGRESS, or one of EndedState; others may come and count as under way. */
  status: z.string(),
  /** What the worker gave back. */
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  /** Milliseconds in the queue, and on a worker; the latter are paid for. */
  delayTime: z.number().nullish(),
  executionTime: z.number().nullish(),
});
export type ServerlessJob = z.infer<typeof jobSchema>;

const ENDED: ReadonlySet<string> = new Set([
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
] satisfies EndedState[]);

export function hasEnded(job: Pick<ServerlessJob, 'status'>): boolean {
  return ENDED.has(job.status);
}

/** What went wrong, in one short line; undefined for a job that completed without a word of an error. */
export function jobFault({ status, error, output }: ServerlessJob): string | undefined {
  const said = error ?? (output as { error?: unknown } | null | undefined)?.error;
  if (status === 'COMPLETED' && (said === undefined || said === null)) return undefined;
  const words =
    said === undefined || said === null ? '' : typeof said === 'string' ? said : JSON.stringify(said);
  const line = words.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  return line === '' ? `ended ${status}` : `ended ${status} (${line})`;
}
